using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;

namespace NSft.Client.Output;

/// <summary>What <c>nsft construct report --json</c> prints.</summary>
internal static class SetReportJson
{
    /// <summary>The object of one set, or of two.</summary>
    public static object Of(SetReport report, SetReport? against, int top, string? picture) => new
    {
        Data = Of(report, top),
        Against = against is null ? null : Of(against, top),
        Picture = picture,
    };

    private static object Of(SetReport set, int top)
    {
        ConstructionRecord? cost = ConstructionRecord.Find(set.Path);
        ConstructionSummary? summary = cost?.Summary;
        return new
        {
            set.Path,
            Conversations = set.RowCount,
            Turns = set.TurnCount,
            set.YesShare,
            set.ErrorsByKind,
            set.TurnsByCode,
            set.TurnsByPolarity,
            set.TurnsByKind,
            ConversationsByConstructor = set.RowsByConstructor,
            set.Codebooks,
            Nouns = set.Nouns.Take(top),
            Verbs = set.Verbs.Take(top),
            DistinctNouns = set.Nouns.Count,
            DistinctVerbs = set.Verbs.Count,
            Job = summary is null ? null : new
            {
                Pairs = summary.PairCount,
                summary.PairsWithoutErrors,
                summary.PairsWithoutTurns,
                summary.RepairedCount,
                summary.FallbackCount,
                summary.RejectionsByReason,
                summary.DeadLettersByReason,
                summary.Usage,
                cost!.Cost,
            },
        };
    }
}
