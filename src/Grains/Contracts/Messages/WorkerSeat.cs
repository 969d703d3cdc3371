namespace NSft.Grains.Contracts.Messages;

/// <summary>One worker of a view.</summary>
/// <param name="Key">Key of its shard worker grain.</param>
/// <param name="Silo">Silo it was placed on, in the parsable form of its address; empty when unknown.</param>
/// <param name="FirstShard">First shard it computes.</param>
/// <param name="ShardCount">Number of shards it computes; 0 when there are more workers than shards, or it is passive.</param>
/// <param name="IsPassive">It still copies the state: it computes and owns nothing, but receives totals and applies them to what it has. Passive seats come last.</param>
[GenerateSerializer, Immutable, Alias("nsft.worker-seat")]
public sealed record WorkerSeat(
    [property: Id(0)] string Key,
    [property: Id(1)] string Silo,
    [property: Id(2)] int FirstShard,
    [property: Id(3)] int ShardCount,
    [property: Id(4)] bool IsPassive = false);
