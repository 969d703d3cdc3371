namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker has applied a step.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Loss">Loss of the step, from the sums and counts of all shards.</param>
/// <param name="LearningRate">Learning rate used.</param>
/// <param name="Tokens">Target tokens of the step.</param>
/// <param name="Metrics">What else the objective reports.</param>
/// <param name="Failure">Why it could not be applied; null when it was.</param>
[GenerateSerializer, Immutable, Alias("nsft.commit-report")]
public sealed record CommitReport(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] double Loss,
    [property: Id(2)] double LearningRate,
    [property: Id(3)] long Tokens,
    [property: Id(4)] MetricMessage[] Metrics,
    [property: Id(5)] Failure? Failure = null)
{
    /// <summary>The report of a worker that could not apply the step.</summary>
    /// <param name="ticket">Run, view, step and try.</param>
    /// <param name="failure">Why.</param>
    public static CommitReport Failed(StepTicket ticket, Failure failure) => new(ticket, 0, 0, 0, [], failure);
}
