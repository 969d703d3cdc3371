namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker's vote on a step. The step is committed only when all workers of the view vote yes and agree.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Reason">Why the vote is no; null for yes.</param>
/// <param name="GradientNorm">Norm of the reduced gradient; all workers must report the same bits.</param>
/// <param name="DroppedMessages">Messages this worker has dropped so far.</param>
/// <param name="Failure">Set when the worker cannot go on at all.</param>
[GenerateSerializer, Immutable, Alias("nsft.vote")]
public sealed record VoteReport(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] string? Reason,
    [property: Id(2)] double GradientNorm,
    [property: Id(3)] long DroppedMessages,
    [property: Id(4)] Failure? Failure = null);
