namespace NSft.Collectives;

/// <summary>What one worker reports after it ran its shards of a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="PlanHash">Hash of the worker's plan, layout and options: all workers must agree.</param>
/// <param name="Shards">Outcomes of its shards.</param>
/// <param name="SliceMaxima">Largest gradient magnitude of each slice over its shards; infinity where a value was not finite.</param>
/// <param name="IsSummed">The gradients are in the accumulator. False: the pass only measured, or a slice overflowed, so the step must be redone.</param>
public sealed record PrepareReport(int Step, string PlanHash, ShardOutcome[] Shards, float[] SliceMaxima, bool IsSummed)
{
    /// <summary>Every gradient value was finite.</summary>
    public bool IsFinite => Array.TrueForAll(SliceMaxima, float.IsFinite);
}
