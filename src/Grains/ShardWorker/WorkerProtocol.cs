using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>
/// What a worker may do with a message, decided from what it has promised and done. Pure: no I/O, no clock. The grain does what the
/// verdict says and tells the outcome.
/// </summary>
/// <remarks>
/// Invariants. (1) The promised version only rises; whatever has a lower one is refused. (2) A try is prepared only in the view that the
/// worker is seated in, for the step after its last applied one, and tries only rise. (3) A commit is applied once, only for the try
/// that the worker voted yes on, and only on the authority of the promised version.
/// </remarks>
internal sealed class WorkerProtocol
{
    private bool _isSeated;
    private bool _isReducing;

    /// <summary>Version of the newest view that the worker was halted for.</summary>
    internal long Promised { get; private set; }

    /// <summary>Steps that the worker has applied.</summary>
    internal int CommittedSteps { get; private set; }

    /// <summary>The try in flight; null when there is none.</summary>
    internal StepTicket? InFlight { get; private set; }

    /// <summary>The try in flight got this worker's yes.</summary>
    internal bool HasVoted { get; private set; }

    /// <summary>The commit applied last.</summary>
    internal CommitRequest? LastCommit { get; private set; }

    /// <summary>The try that can still be committed: voted yes on, not applied.</summary>
    internal StepTicket? Voted => HasVoted ? InFlight : null;

    /// <summary>A view change begins.</summary>
    internal Verdict Halt(long version)
    {
        if (version < Promised)
        {
            return Verdict.Superseded;
        }

        if (version == Promised)
        {
            return _isSeated ? Verdict.Stale : Verdict.Repeated;
        }

        Promised = version;
        _isSeated = false;
        return Verdict.Do;
    }

    /// <summary>A seat is offered.</summary>
    internal Verdict Seat(long version)
    {
        if (version != Promised)
        {
            return version < Promised ? Verdict.Superseded : Verdict.Stale;
        }

        if (_isSeated)
        {
            return Verdict.Repeated;
        }

        _isSeated = true;
        Forget();
        return Verdict.Do;
    }

    /// <summary>A passive worker is to copy the state.</summary>
    internal Verdict Sync(long version) =>
        version < Promised ? Verdict.Superseded : version == Promised && _isSeated ? Verdict.Do : Verdict.Stale;

    /// <summary>The worker's state was brought to a step by copying.</summary>
    internal void MoveTo(int committedSteps)
    {
        CommittedSteps = committedSteps;
        LastCommit = null;
    }

    /// <summary>A try is to be prepared.</summary>
    internal Verdict Prepare(StepTicket ticket)
    {
        if (ticket.View != Promised || !_isSeated)
        {
            return ticket.View < Promised ? Verdict.Superseded : Verdict.Stale;
        }

        if (InFlight is { } current && !current.IsOlderThan(ticket))
        {
            return current == ticket ? Verdict.Repeated : Verdict.Stale;
        }

        if (ticket.Step != CommittedSteps)
        {
            return Verdict.Stale;
        }

        Forget();
        InFlight = ticket;
        return Verdict.Do;
    }

    /// <summary>A vote is asked for.</summary>
    internal Verdict Reduce(StepTicket ticket)
    {
        if (ticket != InFlight || !_isSeated)
        {
            return ticket.View < Promised ? Verdict.Superseded : Verdict.Stale;
        }

        if (_isReducing)
        {
            return Verdict.Repeated;
        }

        _isReducing = true;
        return Verdict.Do;
    }

    /// <summary>The worker says yes; false when the try was overtaken meanwhile.</summary>
    internal bool VoteYes(StepTicket ticket)
    {
        if (ticket != InFlight || !_isSeated)
        {
            return false;
        }

        HasVoted = true;
        return true;
    }

    /// <summary>A step is to be applied.</summary>
    internal Verdict Commit(CommitRequest request)
    {
        if (request.Authority != Promised)
        {
            return request.Authority < Promised ? Verdict.Superseded : Verdict.Stale;
        }

        if (LastCommit?.Ticket == request.Ticket)
        {
            return Verdict.Repeated;
        }

        if (!HasVoted || request.Ticket != InFlight || request.Ticket.Step != CommittedSteps)
        {
            return Verdict.Stale;
        }

        // From here on a second commit of the try is a repetition.
        LastCommit = request;
        CommittedSteps++;
        Forget();
        return Verdict.Do;
    }

    private void Forget()
    {
        InFlight = null;
        HasVoted = false;
        _isReducing = false;
    }
}
