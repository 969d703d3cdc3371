namespace NSft.Collectives;

/// <summary>Which worker computes which virtual shards: contiguous ranges in worker order, sizes equal or one apart.</summary>
public static class ShardPlan
{
    /// <summary>One worker's shards.</summary>
    /// <param name="shardCount">Shards of a step, at least 1.</param>
    /// <param name="workerCount">Workers of the view, at least 1.</param>
    /// <param name="worker">The worker's index in the view.</param>
    /// <returns>Its range; the ranges of all workers cover every shard once.</returns>
    public static ShardRange Range(int shardCount, int workerCount, int worker)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(worker);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(worker, workerCount);
        int first = (int)((long)shardCount * worker / workerCount);
        int end = (int)((long)shardCount * (worker + 1) / workerCount);
        return new ShardRange(first, end - first);
    }
}
