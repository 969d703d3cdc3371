namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker's vote on a step. The step is committed only when all workers of the view vote yes and agree.</summary>
/// <param name="Ticket">Run, view, step and try.</param>
/// <param name="Reason">Why the vote is no; null for yes.</param>
/// <param name="BlockSums">Sums of squares of the norm blocks of the range that the worker owns, in block order.</param>
/// <param name="SliceMaxima">Largest magnitude of each slice within that range; 0 elsewhere.</param>
/// <param name="DroppedMessages">Messages this worker has dropped so far.</param>
/// <param name="Failure">Set when the worker cannot go on at all.</param>
[GenerateSerializer, Immutable, Alias("nsft.vote")]
public sealed record VoteReport(
    [property: Id(0)] StepTicket Ticket,
    [property: Id(1)] string? Reason,
    [property: Id(2)] double[] BlockSums,
    [property: Id(3)] float[] SliceMaxima,
    [property: Id(4)] long DroppedMessages,
    [property: Id(5)] Failure? Failure = null)
{
    /// <summary>A no.</summary>
    /// <param name="ticket">Run, view, step and try.</param>
    /// <param name="reason">Why.</param>
    /// <param name="dropped">Messages this worker has dropped so far.</param>
    /// <param name="failure">Set when the worker cannot go on at all.</param>
    public static VoteReport No(StepTicket ticket, string reason, long dropped, Failure? failure = null) =>
        new(ticket, reason, [], [], dropped, failure);
}
