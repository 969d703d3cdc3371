namespace NSft.Training.Objectives;

/// <summary>Where the passes of one shard add their sums and counts.</summary>
/// <param name="sumCount">Number of sums that the objective names.</param>
/// <param name="countCount">Number of counts that the objective names.</param>
internal sealed class ShardTotals(int sumCount, int countCount)
{
    /// <summary>Sums, float64.</summary>
    internal double[] Sums { get; } = new double[sumCount];

    /// <summary>Counts.</summary>
    internal long[] Counts { get; } = new long[countCount];
}
