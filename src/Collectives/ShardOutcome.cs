namespace NSft.Collectives;

/// <summary>What one shard's forward and backward pass summed up, apart from the gradient.</summary>
/// <param name="Shard">The virtual shard.</param>
/// <param name="Sums">Sums that the objective names (loss sums first), float64.</param>
/// <param name="Counts">Counts that the objective names (normalisers first).</param>
public sealed record ShardOutcome(int Shard, double[] Sums, long[] Counts);
