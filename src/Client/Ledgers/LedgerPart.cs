namespace NSft.Client.Ledgers;

/// <summary>What one worker did of one step.</summary>
/// <param name="Worker">Key of the worker.</param>
/// <param name="Silo">Its silo, in the parsable form of the address.</param>
/// <param name="FirstShard">First shard it computed.</param>
/// <param name="ShardCount">Number of shards.</param>
/// <param name="Samples">Indices of the samples, shard by shard.</param>
internal sealed record LedgerPart(string Worker, string Silo, int FirstShard, int ShardCount, IReadOnlyList<int> Samples);
