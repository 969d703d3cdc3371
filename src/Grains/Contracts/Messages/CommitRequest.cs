namespace NSft.Grains.Contracts.Messages;

/// <summary>Tells a worker that the vote was unanimous: apply the step.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Sums">Sums over all shards, added in shard order.</param>
/// <param name="Counts">Counts over all shards.</param>
/// <param name="Norm">Global gradient norm before clipping.</param>
/// <param name="NextExponents">Exponents of the next step; null for float sums.</param>
/// <param name="Authority">View version of the coordinator that says so: the ticket's, or a newer one when a view change finishes the step.</param>
[GenerateSerializer, Immutable, Alias("nsft.commit-request")]
public sealed record CommitRequest(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] double[] Sums,
    [property: Id(2)] long[] Counts,
    [property: Id(3)] double Norm,
    [property: Id(4)] int[]? NextExponents,
    [property: Id(5)] long Authority);
