using System.Globalization;
using NSft.Data.Construction;
using NSft.Grains.Hosting;

namespace NSft.Client.Output;

/// <summary>Tells how a construction ended.</summary>
internal static class ConstructionReportLines
{
    /// <summary>Writes it as one JSON object, or as lines for a reader.</summary>
    public static void Write(ConstructionOutcome outcome, string output, bool asJson)
    {
        WriteProblems(outcome);
        if (asJson)
        {
            WriteJson(outcome, output);
            return;
        }

        ConstructionSummary summary = outcome.Summary;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{output}: {summary.TurnCount} turns for {summary.ConversationCount} of {summary.PairCount} pairs, {summary.YesShare:P0} answered yes, by {outcome.Silos.Count} silos in {outcome.Duration.TotalSeconds:0.0} s"));
        Console.Out.WriteLine("errors found: " + Counts(summary.ErrorsByKind));
        if (outcome.Record.BalanceNote is string note)
        {
            Console.Out.WriteLine(note);
        }

        if (summary.Usage.Requests + summary.Usage.StoredAnswers > 0)
        {
            string cost = outcome.Record.Cost is decimal price ? string.Create(CultureInfo.InvariantCulture, $", cost {price:0.00####}") : "";
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"requests: {summary.Usage.Requests}, {summary.Usage.PromptTokens} tokens sent, {summary.Usage.CompletionTokens} received{cost}; {summary.Usage.StoredAnswers} answers were stored; {summary.RepairedCount} repaired, {summary.FallbackCount} by rules instead"));
        }

        if (outcome.DeadLetterPath is string letters)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{letters}: {summary.DeadLetterCount} pairs could not be answered ({Counts(summary.DeadLettersByReason)}); nsft construct replay --out {output} tries them again"));
        }
    }

    private static void WriteProblems(ConstructionOutcome outcome)
    {
        foreach (string file in outcome.DamagedBlocks)
        {
            Console.Error.WriteLine($"nsft: {file}: was damaged and is done again");
        }

        RowProblemList.Write(outcome.Problems, outcome.Summary.UnusableRowCount);
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));

    private static void WriteJson(ConstructionOutcome outcome, string output)
    {
        ConstructionSummary summary = outcome.Summary;
        ConsoleOutput.WriteJson(new
        {
            Out = output,
            Pairs = summary.PairCount,
            Conversations = summary.ConversationCount,
            Turns = summary.TurnCount,
            summary.MeanTurns,
            summary.YesShare,
            summary.ErrorsByKind,
            summary.TurnsByCode,
            summary.TurnsByPolarity,
            summary.TurnsByKind,
            summary.PairsByConstructor,
            summary.PairsWithoutErrors,
            summary.RejectionsByReason,
            summary.DeadLettersByReason,
            DeadLetters = outcome.DeadLetterPath,
            Repaired = summary.RepairedCount,
            Fallbacks = summary.FallbackCount,
            summary.Usage,
            outcome.Record.Cost,
            outcome.Record.DroppedTurns,
            SkippedRows = summary.UnusableRowCount,
            outcome.RetriedBlocks,
            DamagedBlocks = outcome.DamagedBlocks.Count,
            Silos = outcome.Silos.Count,
            Seconds = outcome.Duration.TotalSeconds,
        });
    }
}
