namespace NSft.Collectives;

/// <summary>The outcome of merging the workers' reports.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Exponents">Exponents for a redo; null otherwise.</param>
/// <param name="Sums">The shards' sums, added in shard order; empty unless <see cref="StepAction.Commit"/>.</param>
/// <param name="Counts">The shards' counts, added up; empty unless <see cref="StepAction.Commit"/>.</param>
public sealed record StepDecision(StepAction Action, string Reason, int[]? Exponents, double[] Sums, long[] Counts);
