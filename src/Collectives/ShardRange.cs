namespace NSft.Collectives;

/// <summary>Consecutive virtual shards of a step.</summary>
/// <param name="First">First shard.</param>
/// <param name="Count">Number of shards; 0 for a worker that has none.</param>
public readonly record struct ShardRange(int First, int Count)
{
    /// <summary>The shard after the last one.</summary>
    public int End => First + Count;
}
