using NSft.Training.Sessions;

namespace NSft.Training.Objectives;

/// <summary>A loss: runs passes forward and backward, adds up sums and counts, and says what they mean. Sums travel, means do not.</summary>
internal interface IObjective
{
    /// <summary>Number of sums of a shard.</summary>
    int SumCount { get; }

    /// <summary>Number of counts of a shard.</summary>
    int CountCount { get; }

    /// <summary>Runs one pass; gradients arrive at the policy's leaves.</summary>
    /// <param name="policy">The model in training.</param>
    /// <param name="batch">Rows of the pass.</param>
    /// <param name="normalizer">What the term's sum over the whole step is divided by; above 0.</param>
    /// <param name="totals">Receives the pass's sums and counts.</param>
    void Run(PolicyModel policy, PassBatch batch, long normalizer, ShardTotals totals);

    /// <summary>Turns the sums and counts of a whole step into its loss.</summary>
    /// <param name="sums">Added over all shards.</param>
    /// <param name="counts">Added over all shards.</param>
    StepSummary Summarize(ReadOnlySpan<double> sums, ReadOnlySpan<long> counts);
}
