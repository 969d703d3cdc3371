namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks a worker to exchange its partial sums with its peers and to vote on the step.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
[GenerateSerializer, Immutable, Alias("nsft.reduce-request")]
public sealed record ReduceRequest([property: Id(0)] StepTicket Ticket);
