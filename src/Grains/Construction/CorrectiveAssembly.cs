using NSft.Data;
using NSft.Data.Construction;
using NSft.Data.Construction.Reporting;

namespace NSft.Grains.Construction;

/// <summary>Puts the blocks of a job together: balances the set, writes the corrective file and the dead letters. Holds a block at a time.</summary>
/// <param name="results">The job's results.</param>
/// <param name="provenance">Where they come from.</param>
internal sealed class CorrectiveAssembly(JobResults results, ConstructionProvenance provenance)
{
    /// <summary>The results in numbers, after balancing; complete when the file is written.</summary>
    internal ConstructionSummary Summary { get; private set; } = new();

    /// <summary>What is left out for the balance.</summary>
    internal BalancePlan Balance { get; } = SetBalance.Plan(results.ReadBalance());

    /// <summary>Writes the corrective file.</summary>
    /// <param name="output">Its path; null to count only.</param>
    internal void Write(string? output)
    {
        Summary = new ConstructionSummary();
        if (output is null)
        {
            _ = Rows().Count();
            return;
        }

        LlavaConversationWriter.Write(output, Rows());
    }

    /// <summary>The dead letters, in the order of the data.</summary>
    internal IEnumerable<DeadLetter> DeadLetters() =>
        results.ReadBlocks().SelectMany(block => block).Where(result => result.DeadLetter is not null).Select(result => result.DeadLetter!);

    private IEnumerable<SupervisedRow> Rows()
    {
        foreach (var block in results.ReadBlocks())
        {
            PairResult[] balanced = [.. block.Select(result => result with { Conversation = result.Conversation is { } found ? Balance.Apply(found) : null })];
            Summary = Summary.Merge(ConstructionSummary.Of(balanced));
            foreach (var result in balanced.Where(result => result.Conversation is { Turns.Count: > 0 }))
            {
                yield return CorrectiveFile.ToRow(result.Conversation!, provenance with { Constructor = result.Constructor });
            }
        }
    }
}
