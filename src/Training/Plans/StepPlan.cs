namespace NSft.Training.Plans;

/// <summary>One step over all shards.</summary>
/// <param name="Step">Step, from 0.</param>
/// <param name="Epoch">Pass over the data, from 0.</param>
/// <param name="Shards">All shards in order.</param>
/// <param name="Normalizers">For each term of the objective what its sum over the whole step is divided by: target tokens, or pairs.</param>
public sealed record StepPlan(int Step, int Epoch, IReadOnlyList<ShardBatch> Shards, IReadOnlyList<long> Normalizers);
