using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>What the coordinator has to do next. Each kind says which reports the state machine waits for.</summary>
internal abstract record RunDecision
{
    private RunDecision()
    {
    }

    /// <summary>Ask all workers to load model and data.</summary>
    internal sealed record Open : RunDecision;

    /// <summary>Give all workers a view.</summary>
    /// <param name="View">The view.</param>
    internal sealed record Seat(ViewMessage View) : RunDecision;

    /// <summary>Ask all workers for the gradients of a step.</summary>
    /// <param name="Ticket">Step and try.</param>
    /// <param name="Exponents">Exponents of the slices, or null for those that follow from the last committed step.</param>
    internal sealed record Prepare(StepTicket Ticket, int[]? Exponents) : RunDecision;

    /// <summary>Ask all workers to exchange sums and to vote.</summary>
    /// <param name="Ticket">Step and try.</param>
    internal sealed record Reduce(StepTicket Ticket) : RunDecision;

    /// <summary>Tell all workers to forget a try; nothing was applied.</summary>
    /// <param name="Ticket">The try.</param>
    internal sealed record Discard(StepTicket Ticket) : RunDecision;

    /// <summary>Tell all workers to apply a step.</summary>
    /// <param name="Ticket">Step and try.</param>
    /// <param name="Sums">Sums over all shards.</param>
    /// <param name="Counts">Counts over all shards.</param>
    /// <param name="Norm">Global gradient norm.</param>
    /// <param name="NextExponents">Exponents of the next step; null for float sums.</param>
    internal sealed record Commit(StepTicket Ticket, double[] Sums, long[] Counts, double Norm, int[]? NextExponents) : RunDecision;

    /// <summary>Ask all workers for the hash of their weights, and the first one to write the model.</summary>
    internal sealed record Export : RunDecision;

    /// <summary>Let all workers go; the run has ended as its phase says.</summary>
    internal sealed record Close : RunDecision;
}
