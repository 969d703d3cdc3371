namespace NSft.Grains.Contracts.Messages;

/// <summary>What one shard summed up, apart from the gradient.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Sums">Sums that the objective names; the coordinator adds them in shard order.</param>
/// <param name="Counts">Counts that the objective names.</param>
[GenerateSerializer, Immutable, Alias("nsft.shard")]
public sealed record ShardMessage(
    [property: Id(0)] int Shard,
    [property: Id(1)] double[] Sums,
    [property: Id(2)] long[] Counts);
