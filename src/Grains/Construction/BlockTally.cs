using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>What a job adds up over its blocks; copies are not in it.</summary>
/// <param name="PairCount">Pairs of the block, copies among them.</param>
/// <param name="Summary">The results in numbers.</param>
/// <param name="Balance">Their turns as far as the balance of yes and no goes.</param>
internal sealed record BlockTally(int PairCount, ConstructionSummary Summary, BalanceCounts Balance)
{
    /// <summary>Counts a block.</summary>
    internal static BlockTally Of(IReadOnlyList<PairLine> lines)
    {
        PairResult[] results = [.. lines.Where(line => line.Result is not null).Select(line => line.Result!)];
        return new BlockTally(
            lines.Count,
            ConstructionSummary.Of(results),
            SetBalance.Count(results.Where(result => result.Conversation is not null).Select(result => result.Conversation!)));
    }

    /// <summary>The numbers that a coordinator tells.</summary>
    internal WorkTally ToWork()
    {
        ChatUsage usage = Summary.Usage;
        return new WorkTally(PairCount, Summary.DeadLetterCount, usage.Requests, usage.PromptTokens, usage.CompletionTokens, usage.StoredAnswers);
    }
}
