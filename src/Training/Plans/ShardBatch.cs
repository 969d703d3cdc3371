namespace NSft.Training.Plans;

/// <summary>One virtual shard's part of a step.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Samples">Indices of its samples; may be empty in an epoch's last step.</param>
/// <param name="Passes">Its passes in order.</param>
public sealed record ShardBatch(int Shard, IReadOnlyList<int> Samples, IReadOnlyList<TrainingPass> Passes);
