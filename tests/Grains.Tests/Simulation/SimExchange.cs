using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Simulation;

/// <summary>One worker's side of the exchange of one try: partials to owners, totals to all or to the buddy, updated weights to the others.</summary>
internal sealed class SimExchange
{
    private readonly SimWorker _worker;
    private readonly SimSeats _seats;
    private readonly HashSet<int> _partials = [];
    private readonly HashSet<int> _totals = [];
    private readonly HashSet<int> _weights = [];
    private readonly HashSet<int> _taken = [];
    private readonly Dictionary<int, ulong[]> _earlyTotals = [];
    private readonly Dictionary<int, (int Block, ulong Sum)[]> _earlyPartials = [];
    private readonly TaskCompletionSource _ended = new();
    private readonly TaskCompletionSource _shared = new();
    private bool _isReady;
    private bool _isSummed;
    private bool _isApplied;
    private Exception? _failure;

    internal SimExchange(SimWorker worker, StepTicket ticket, SimSeats seats) => (_worker, Ticket, _seats) = (worker, ticket, seats);

    internal StepTicket Ticket { get; }

    internal IEnumerable<string> Missing => _failure is not null ? [] : _seats.OtherActive
        .Where(peer => (!_seats.IsPassive && !_isSummed && !_partials.Contains(peer)) || (_seats.HearsTotalOf(peer) && !_totals.Contains(peer)) || (_isReady && !_seats.IsPassive && !_taken.Contains(peer)))
        .Select(_seats.KeyOf);

    private bool IsDone => _isReady && (_seats.IsPassive || (_isSummed && _seats.OtherActive.All(_taken.Contains)))
        && _seats.OtherActive.Where(_seats.HearsTotalOf).All(_totals.Contains);

    internal Task EndedAsync() => _ended.Task;

    internal void Abort(string reason)
    {
        _failure ??= new InvalidOperationException(reason);
        _ended.TrySetException(_failure);
        _shared.TrySetException(_failure);
    }

    /// <summary>The worker's own sums are final.</summary>
    internal void Ready()
    {
        _isReady = true;
        foreach (var (sender, partial) in _earlyPartials)
        {
            TakePartial(sender, partial);
        }

        foreach (var (owner, totals) in _earlyTotals)
        {
            TakeTotals(owner, totals);
        }

        foreach (var peer in _seats.OtherActive.Where(_ => !_seats.IsPassive))
        {
            (int, ulong)[] partial = [.. SimLayout.Blocks(_seats.OwnedBy(peer)).Select(block => (block, _worker.Session.Sum(block)))];
            Send(peer, "partial", to => to.AcceptPartial(Ticket, _seats.Seat, partial), () => _taken.Add(peer));
        }

        SumIfAll();
    }

    internal AcceptOutcome AcceptPartial(int sender, (int Block, ulong Sum)[] partial)
    {
        if (_failure is not null)
        {
            return AcceptOutcome.Refused;
        }

        if (!_partials.Add(sender))
        {
            return AcceptOutcome.Duplicate;
        }

        if (_isReady)
        {
            TakePartial(sender, partial);
            SumIfAll();
        }
        else
        {
            _earlyPartials[sender] = partial;
        }

        return AcceptOutcome.Accepted;
    }

    internal AcceptOutcome AcceptTotals(int owner, ulong[] totals)
    {
        if (_failure is not null)
        {
            return AcceptOutcome.Refused;
        }

        if (!_totals.Add(owner))
        {
            return AcceptOutcome.Duplicate;
        }

        if (_isReady)
        {
            TakeTotals(owner, totals);
        }
        else
        {
            _earlyTotals[owner] = totals;
        }

        EndIfDone();
        return AcceptOutcome.Accepted;
    }

    /// <summary>An owner's updated weights; unknown until the local commit was applied.</summary>
    internal AcceptOutcome AcceptWeights(int owner, SimChunk[] weights)
    {
        if (_failure is not null)
        {
            return AcceptOutcome.Refused;
        }

        if (!_isApplied)
        {
            return AcceptOutcome.Unknown;
        }

        foreach (var (block, chunk) in SimLayout.Blocks(_seats.OwnedBy(owner)).Zip(weights))
        {
            _worker.Session.Write(NSft.Training.Sessions.StateParts.Weights, block, chunk);
        }

        _weights.Add(owner);
        EndSharingIfDone();
        return AcceptOutcome.Accepted;
    }

    /// <summary>After the local commit, where state is sliced.</summary>
    internal Task ShareWeightsAsync()
    {
        _isApplied = true;
        if (_failure is null && _seats.Mode == OptimizerStateMode.Zero1)
        {
            SimChunk[] weights = [.. SimLayout.Blocks(_seats.Owned).Select(block => _worker.Session.Read(NSft.Training.Sessions.StateParts.Weights, block)!)];
            foreach (var peer in _seats.OtherActive.Where(peer => !_seats.IsBuddy(_seats.Seat, peer)))
            {
                Send(peer, "weights", to => to.AcceptWeights(Ticket, _seats.Seat, weights), () => _taken.Add(1000 + peer));
            }
        }

        EndSharingIfDone();
        return _shared.Task;
    }

    private void EndSharingIfDone()
    {
        var isDone = _seats.Mode == OptimizerStateMode.Replicated || _seats.OtherActive.All(peer =>
            (_seats.IsBuddy(_seats.Seat, peer) || _taken.Contains(1000 + peer)) && (_seats.IsBuddy(peer, _seats.Seat) || _weights.Contains(peer)));
        if (_isApplied && isDone)
        {
            _shared.TrySetResult();
        }
    }

    private void TakePartial(int sender, (int Block, ulong Sum)[] partial)
    {
        _partials.Add(sender);
        foreach (var (block, sum) in partial)
        {
            _worker.Session.Add(block, sum);
        }
    }

    private void TakeTotals(int owner, ulong[] totals)
    {
        foreach (var (block, total) in SimLayout.Blocks(_seats.OwnedBy(owner)).Zip(totals))
        {
            _worker.Session.SetTotal(block, total);
        }
    }

    private void SumIfAll()
    {
        if (_isReady && !_isSummed && !_seats.IsPassive && _seats.OtherActive.All(_partials.Contains))
        {
            _isSummed = true;
            ulong[] totals = [.. SimLayout.Blocks(_seats.Owned).Select(_worker.Session.Sum)];
            foreach (var peer in _seats.TotalReceivers)
            {
                Send(peer, "totals", to => to.AcceptTotals(Ticket, _seats.Seat, totals), static () => { });
            }
        }

        EndIfDone();
    }

    private void EndIfDone()
    {
        if (_failure is null && IsDone)
        {
            _ended.TrySetResult();
        }
    }

    private void Send(int peer, string what, Func<SimWorker, AcceptOutcome> accept, Action taken) => _worker.World.Begin(async () =>
    {
        while (_failure is null)
        {
            AcceptOutcome outcome;
            try
            {
                outcome = await _worker.CallPeerAsync(_seats.KeyOf(peer), what, to => Task.FromResult(accept(to)));
            }
            catch (SimCallException exception)
            {
                FailOf(peer, exception.Message);
                return;
            }

            if (outcome is AcceptOutcome.Accepted or AcceptOutcome.Duplicate)
            {
                taken();
                EndIfDone();
                EndSharingIfDone();
                return;
            }

            if (outcome != AcceptOutcome.Unknown)
            {
                FailOf(peer, $"{_seats.KeyOf(peer)} refuses {what}: {outcome}");
                return;
            }

            await _worker.Silo.DelayAsync(0.1);
        }
    });

    private void FailOf(int peer, string reason)
    {
        if (_seats.IsActive(peer))
        {
            Abort(reason);
        }
    }
}
