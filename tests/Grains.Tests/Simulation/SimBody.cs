using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Simulation;

/// <summary>What a worker does once the protocol allows it.</summary>
internal sealed class SimBody
{
    private const int FruitlessRounds = 60;

    private readonly SimCluster _cluster;
    private readonly SimWorker _worker;
    private SimSeats? _view;
    private CancellationTokenSource? _computing;
    private CancellationTokenSource? _copying;
    private bool _isSettled;

    internal SimBody(SimCluster cluster, SimWorker worker)
    {
        (_cluster, _worker) = (cluster, worker);
        Trainer = new SimTrainer(cluster.World, worker.Silo);
        Session = new SimSession(cluster.World, cluster.Reference, worker.Key);
    }

    internal SimTrainer Trainer { get; }

    internal SimSession Session { get; }

    internal SimExchange? Exchange { get; private set; }

    internal string[] Stop()
    {
        string[] missing = [.. Exchange?.Missing ?? []];
        _computing?.Cancel();
        _copying?.Cancel();
        Exchange?.Abort("stopped");
        return missing;
    }

    internal HaltReport Describe(long version, WorkerProtocol protocol, CommitReport? lastReport, string[] missing)
    {
        var committedSteps = Session.NextStep;
        var last = protocol.LastCommit?.Ticket.Step == committedSteps - 1 ? protocol.LastCommit : null;
        return new HaltReport(
            version,
            committedSteps,
            last,
            last is not null && lastReport is { Failure: null } && lastReport.Ticket == last.Ticket ? lastReport : null,
            protocol.Voted,
            Ranges(RangeSet.Of(SimLayout.Layout.Whole).Except(Session.StaleWeights)),
            Ranges(Session.HeldMoments),
            Session.NextExponents,
            missing);
    }

    internal async Task SeatAsync(SeatRequest request, WorkerProtocol protocol)
    {
        Exchange?.Abort("a view begins");
        var view = new SimSeats(request.View, request.Seat, _cluster.Schedule.Mode);
        _view = view;
        _isSettled = false;
        await Trainer.RunAsync(0.005, () =>
        {
            if (request.CheckpointDirectory is { } checkpoint)
            {
                Session.Load(_cluster.Checkpoints.Find(checkpoint), view.RequiredMoments);
            }
            else if (Session.NextStep != request.CommittedSteps)
            {
                Session.BeginSync(request.CommittedSteps, request.NextExponents);
            }

            Session.Require(view.RequiredMoments);
            return true;
        });
        if (protocol.Promised == request.View.Version
            && (protocol.CommittedSteps != request.CommittedSteps || request.CheckpointDirectory is not null))
        {
            protocol.MoveTo(request.CommittedSteps);
        }

        if (!view.IsPassive)
        {
            await CopyAsync(request);
        }
    }

    /// <summary>Copies block by block from whoever says to have it, as long as the steps agree.</summary>
    internal async Task CopyAsync(SeatRequest request)
    {
        _copying?.Cancel();
        var copying = new CancellationTokenSource();
        _copying = copying;
        var required = _view!.RequiredMoments;
        for (var fruitless = 0; Missing(required) is { Count: > 0 } missing;)
        {
            var isFruitful = false;
            for (var i = 0; i < missing.Count && !copying.IsCancellationRequested; i++)
            {
                isFruitful |= await CopyAsync(missing[i].Parts, missing[i].Block, request, request.Seat + fruitless + i, copying.Token);
            }

            copying.Token.ThrowIfCancellationRequested();
            if (!isFruitful)
            {
                if (++fruitless == FruitlessRounds)
                {
                    throw new SimCallException($"{_worker.Key}: nobody gives block {missing[0].Block} after {Session.NextStep} steps");
                }

                await _worker.Silo.DelayAsync(Math.Min(0.5, 0.02 * fruitless));
            }
            else
            {
                fruitless = 0;
            }
        }
    }

    internal async Task<PreparedReport> PrepareAsync(PrepareRequest request)
    {
        var view = _view!;
        _computing?.Cancel();
        Exchange?.Abort("another try begins");
        var exchange = new SimExchange(_worker, request.Ticket, view);
        var computing = new CancellationTokenSource();
        (Exchange, _computing) = (exchange, computing);
        var settle = !_isSettled;
        _isSettled = true;
        var report = await Trainer.RunAsync(_cluster.World.Uniform(0.01, 0.3), () =>
        {
            computing.Token.ThrowIfCancellationRequested();
            if (settle)
            {
                Session.KeepOnly(view.RequiredMoments);
            }

            return Session.Prepare(request.Ticket, view.Shards, request.Exponents);
        });
        if (report.IsSummed)
        {
            exchange.Ready();
        }

        return report;
    }

    internal async Task<VoteReport> ReduceAsync(StepTicket ticket)
    {
        var (view, exchange) = (_view!, Exchange!);
        try
        {
            await exchange.EndedAsync();
        }
        catch (InvalidOperationException exception)
        {
            return VoteReport.No(ticket, exception.Message, 0);
        }

        var reduced = await Trainer.RunAsync(0.002, () => Session.Reduce(view.Owned, view.Totals));
        return new VoteReport(ticket, null, reduced.BlockSums, reduced.SliceMaxima, 0);
    }

    internal async Task<CommitReport> CommitAsync(CommitRequest request)
    {
        var exchange = Exchange!;
        await Trainer.RunAsync(0.002, () =>
        {
            Session.Commit(request);
            _cluster.Invariants.Applied(_worker, request);
            return true;
        });
        if (request.Authority == request.Ticket.View)
        {
            try
            {
                await exchange.ShareWeightsAsync();
            }
            catch (InvalidOperationException)
            {
                // What did not arrive is told as stale.
            }
        }

        return new CommitReport(request.Ticket, request.Sums[0], 0.1, 1, []);
    }

    internal async Task<SimPart?> SnapshotAsync(long version, int step)
    {
        if (_view is not { } view || view.Version != version)
        {
            return null;
        }

        try
        {
            return await Trainer.RunAsync(0.001, () => Session.NextStep == step ? Part(view) : null);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    internal AcceptOutcome? Match(StepTicket ticket) =>
        _worker.IsClosed ? AcceptOutcome.Unknown
        : Exchange is { } exchange && exchange.Ticket == ticket ? null
        : Exchange is not null && ticket.IsOlderThan(Exchange.Ticket) ? AcceptOutcome.Stale
        : AcceptOutcome.Unknown;

    private static RangeMessage[] Ranges(RangeSet ranges) => [.. ranges.Ranges.Select(range => new RangeMessage(range.Offset, range.Length))];

    private SimPart? Part(SimSeats view)
    {
        int[] blocks = [.. SimLayout.Blocks(view.Owned)];
        SimChunk?[] chunks = [.. blocks.Select(block => Session.Read(StateParts.All, block))];
        return chunks.Any(chunk => chunk is null) ? null : new SimPart(blocks.FirstOrDefault(), chunks!);
    }

    private List<(StateParts Parts, int Block)> Missing(RangeSet required)
    {
        var weights = Session.StaleWeights;
        var moments = required.Except(Session.HeldMoments);
        return
        [
            .. Enumerable.Range(0, SimLayout.BlockCount)
                .Select(block => (Block: block, Set: RangeSet.Of(SimLayout.Layout.Block(block))))
                .Select(one => (
                    (weights.Intersect(one.Set).IsEmpty ? StateParts.None : StateParts.Weights) | (moments.Intersect(one.Set).IsEmpty ? StateParts.None : StateParts.Moments),
                    one.Block))
                .Where(one => one.Item1 != StateParts.None),
        ];
    }

    private async Task<bool> CopyAsync(StateParts parts, int block, SeatRequest request, int turn, CancellationToken copying)
    {
        SourceMessage[] sources = [.. request.Sources.Where(source => source.Key != _worker.Key && Has(source, parts, SimLayout.Layout.Block(block)))];
        if (sources.Length == 0)
        {
            return false;
        }

        try
        {
            var chunk = await _worker.CallPeerAsync(sources[turn % sources.Length].Key, "state", source => Task.FromResult(source.Session.Read(parts, block)));
            return chunk is not null && !copying.IsCancellationRequested && Session.Write(parts, block, chunk);
        }
        catch (SimCallException)
        {
            return false;
        }
    }

    private static bool Has(SourceMessage source, StateParts parts, ElementRange range) =>
        (!parts.HasFlag(StateParts.Weights) || Contains(source.Weights, range)) && (!parts.HasFlag(StateParts.Moments) || Contains(source.Moments, range));

    private static bool Contains(RangeMessage[] ranges, ElementRange range) =>
        Array.Exists(ranges, one => one.Offset <= range.Offset && range.End <= one.Offset + one.Length);
}
