using NSft.Collectives;

namespace NSft.Training.Sessions;

/// <summary>What all workers apply a step with; the same on each of them.</summary>
/// <param name="Sums">Sums over all shards, see <see cref="StepDecision.Sums"/>.</param>
/// <param name="Counts">Counts over all shards.</param>
/// <param name="Norm">Global gradient norm before clipping, see <see cref="ReduceMerge.Norm"/>.</param>
/// <param name="NextExponents">Exponents of the next step, see <see cref="ReduceMerge.NextExponents"/>; null for float kinds.</param>
public sealed record StepCommit(double[] Sums, long[] Counts, double Norm, int[]? NextExponents);
