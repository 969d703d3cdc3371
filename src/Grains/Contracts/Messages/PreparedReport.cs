namespace NSft.Grains.Contracts.Messages;

/// <summary>What a worker's shards of a step gave.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="PlanHash">The worker's plan; all must agree.</param>
/// <param name="Shards">One entry per shard of the worker.</param>
/// <param name="SliceMaxima">Largest absolute gradient of each slice over the worker's shards.</param>
/// <param name="IsSummed">Whether the shards were added up; false when the step has no exponents yet or a shard did not fit them.</param>
/// <param name="Failure">Why the worker could not compute; null when it could.</param>
[GenerateSerializer, Immutable, Alias("nsft.prepared")]
public sealed record PreparedReport(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] string PlanHash,
    [property: Id(2)] ShardMessage[] Shards,
    [property: Id(3)] float[] SliceMaxima,
    [property: Id(4)] bool IsSummed,
    [property: Id(5)] Failure? Failure = null)
{
    /// <summary>The report of a worker that could not compute.</summary>
    /// <param name="ticket">Run, view, step and try.</param>
    /// <param name="failure">Why.</param>
    public static PreparedReport Failed(StepTicket ticket, Failure failure) => new(ticket, string.Empty, [], [], IsSummed: false, failure);
}
