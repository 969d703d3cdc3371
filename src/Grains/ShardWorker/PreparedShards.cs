using NSft.Collectives;

namespace NSft.Grains.ShardWorker;

/// <summary>What a worker's shards of a step gave.</summary>
/// <param name="Shards">One entry per shard.</param>
/// <param name="SliceMaxima">Largest absolute gradient of each slice.</param>
/// <param name="IsSummed">Whether there were exponents and all shards fitted them.</param>
internal sealed record PreparedShards(ShardOutcome[] Shards, float[] SliceMaxima, bool IsSummed);
