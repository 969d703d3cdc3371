namespace NSft.Grains.Contracts.Messages;

/// <summary>Asks a worker for the gradients of its shards of a step.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Exponents">Exponent of each gradient slice, or null for those that follow from the last committed gradient.</param>
[GenerateSerializer, Immutable, Alias("nsft.prepare-request")]
public sealed record PrepareRequest(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] int[]? Exponents);
