using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;
using NSft.Grains.LocalCopies;
using NSft.Grains.Run;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>What a worker does once the protocol allows it: computes on its thread, exchanges, copies state, writes. Used on the grain's scheduler.</summary>
internal sealed class WorkerBody : IAsyncDisposable
{
    private readonly string _key;
    private readonly OpenRequest _open;
    private readonly IGrainFactory _grains;
    private readonly RunStorage _storage;
    private readonly HeldSnapshots _snapshots = new();
    private readonly ShardTrainer _trainer;
    private readonly ExchangeOptions _options;
    private readonly WorkerClock _clock = new();
    private SessionFacts? _facts;
    private LocalInputs? _inputs;
    private WorkerView? _view;
    private GradientExchange? _exchange;
    private CancellationTokenSource? _computing;
    private CancellationTokenSource? _copying;
    private bool _isSettled;
    private long _dropped;

    /// <summary>A body without a session; its thread has started.</summary>
    /// <param name="key">Key of the worker.</param>
    /// <param name="open">How to open.</param>
    /// <param name="grains">Reaches peers.</param>
    /// <param name="storage">Where checkpoints and results are.</param>
    internal WorkerBody(string key, OpenRequest open, IGrainFactory grains, RunStorage storage)
    {
        _key = key;
        _open = open;
        _grains = grains;
        _storage = storage;
        _trainer = new ShardTrainer($"nsft {key}");
        _options = new ExchangeOptions(
            open.ChunkBytes, new ChunkBuffers(), open.SharedMemory ? ExchangeTransport.Auto : ExchangeTransport.Messages);
    }

    internal string RunId => _open.RunId;

    internal bool IsOpen => _facts is not null;

    internal long DroppedMessages => _dropped;

    internal int CommittedSteps => Session.NextStep;

    private IShardSession Session => _trainer.Session ?? throw new InvalidOperationException($"{_key} has not opened a session.");

    internal async Task<OpenReport> OpenAsync(IShardSessionFactory sessions, string silo)
    {
        var order = await sessions.FetchAsync(new SessionOrder(_key, _open.OptionsJson, _open.DatasetHash, _open.Device), _trainer.Closing);
        _inputs = order.Inputs;
        var facts = await _trainer.OpenAsync(closing => sessions.Open(order, closing));
        _facts = facts;
        return new OpenReport(
            null, silo, facts.TotalSteps, facts.ShardCount, facts.DataBits, facts.PlanHash, Session.HeldBytes, facts.Layout.Hash, facts.Layout.Length);
    }

    /// <summary>Ends what is in flight; what was voted on stays, as it may still be committed.</summary>
    /// <returns>Keys of the peers that the exchange was waiting for.</returns>
    internal string[] Stop(string reason)
    {
        var missing = _exchange is null || _view is null ? [] : _view.KeysOf(_exchange.Missing);
        _computing?.Cancel();
        _copying?.Cancel();
        _exchange?.Abort(reason);
        return missing;
    }

    internal HaltReport Describe(long version, WorkerProtocol protocol, CommitReport? lastReport, string[] missing)
    {
        var whole = RangeSet.Of(_facts!.Layout.Whole);
        var committedSteps = Session.NextStep;
        var last = protocol.LastCommit?.Ticket.Step == committedSteps - 1 ? protocol.LastCommit : null;
        return new HaltReport(
            version,
            committedSteps,
            last,
            last is not null && lastReport is { Failure: null } && lastReport.Ticket == last.Ticket ? lastReport : null,
            protocol.Voted,
            Ranges(whole.Except(Session.StaleWeights)),
            Ranges(Session.HeldMoments),
            Session.NextExponents is { } exponents ? [.. exponents] : null,
            missing);
    }

    /// <summary>Takes the seat: the state is brought to the committed step, for an active worker before this ends.</summary>
    /// <returns>Bytes copied.</returns>
    internal async Task<long> SeatAsync(SeatRequest request, WorkerProtocol protocol)
    {
        _exchange?.Abort($"view {request.View.Version} begins");
        var workers = request.View.Seats.Select(seat => _grains.GetGrain<IShardWorkerGrain>(seat.Key));
        var view = new WorkerView(request.View, request.Seat, [.. workers], _facts!, _open);
        _view = view;
        _isSettled = false;
        _snapshots.KeepOnly([]);
        await _trainer.RunAsync(session =>
        {
            if (request.CheckpointDirectory is { } checkpoint)
            {
                session.LoadCheckpoint(_storage.Checkpoints.OpenCheckpoint(checkpoint), view.RequiredMoments);
            }
            else if (session.NextStep != request.CommittedSteps)
            {
                session.BeginSync(request.CommittedSteps, request.NextExponents);
            }

            session.RequireMoments(view.RequiredMoments);
            return true;
        });
        if (protocol.Promised == request.View.Version
            && (protocol.CommittedSteps != request.CommittedSteps || request.CheckpointDirectory is not null))
        {
            protocol.MoveTo(request.CommittedSteps);
        }

        return view.IsPassive ? 0 : await CopyAsync(request);
    }

    /// <summary>Copies what is missing from the sources of a view.</summary>
    /// <returns>Bytes copied.</returns>
    internal async Task<long> CopyAsync(SeatRequest request)
    {
        _copying?.Cancel();
        var copying = CancellationTokenSource.CreateLinkedTokenSource(_trainer.Closing);
        _copying = copying;
        SourceMessage[] sources = [.. request.Sources.Where(source => source.Key != _key)];
        try
        {
            return await new StateCopier(RunId, Session, _grains).CopyAsync(sources, _view!.RequiredMoments, request.Seat, copying.Token);
        }
        catch (InvalidOperationException exception)
        {
            throw new StateUnavailableException(exception.Message, exception);
        }
    }

    internal async Task<PreparedReport> PrepareAsync(PrepareRequest request)
    {
        var (view, facts) = (_view!, _facts!);
        _computing?.Cancel();
        _exchange?.Abort($"try {request.Ticket.Attempt} of step {request.Ticket.Step} begins");
        var exchange = new GradientExchange(request.Ticket, view.Seats, _trainer.Exchange, facts, _options);
        var computing = CancellationTokenSource.CreateLinkedTokenSource(_trainer.Closing);
        (_exchange, _computing) = (exchange, computing);
        var settle = !_isSettled;
        _isSettled = true;
        var prepared = await _trainer.RunAsync(session =>
        {
            computing.Token.ThrowIfCancellationRequested();
            if (settle)
            {
                // All have their seats, so nobody copies from here what this worker need not hold.
                session.KeepOnlyMoments(view.RequiredMoments);
            }

            var report = session.Prepare(request.Ticket.Step, view.Shards, request.Exponents, exchange.Ready, computing.Token);
            _clock.Prepared(session.Prepared);
            return report;
        });
        return new PreparedReport(
            request.Ticket,
            facts.PlanHash,
            [.. prepared.Shards.Select(shard => new ShardMessage(shard.Shard, shard.Sums, shard.Counts))],
            prepared.SliceMaxima,
            prepared.IsSummed);
    }

    internal async Task<VoteReport> ReduceAsync(StepTicket ticket)
    {
        var (view, exchange) = (_view!, _exchange!);
        try
        {
            await exchange.RunAsync();
        }
        catch (InvalidOperationException exception)
        {
            return VoteReport.No(ticket, exception.Message, _dropped);
        }

        var reduced = await _trainer.RunAsync(session => session.Reduce(view.Owned));
        _clock.Reduced(exchange);
        return reduced.IsFinite
            ? new VoteReport(ticket, null, reduced.BlockSums, reduced.SliceMaxima, _dropped)
            : VoteReport.No(ticket, "the gradient is not finite", _dropped);
    }

    /// <summary>Applies the step; in a view whose members hold different parts, the weights of the others follow.</summary>
    internal async Task<CommitReport> CommitAsync(CommitRequest request)
    {
        var exchange = _exchange!;
        _clock.Committing();
        var step = await _trainer.RunAsync(session => session.Commit(new StepCommit(request.Sums, request.Counts, request.Norm, request.NextExponents)));
        if (request.Authority == request.Ticket.View)
        {
            try
            {
                await exchange.ShareWeightsAsync();
            }
            catch (InvalidOperationException)
            {
                // The step is applied where this worker holds the state; what did not arrive is told as stale and copied in the next view.
            }
        }

        _clock.Committed(isWhole: request.Authority == request.Ticket.View && !_view!.IsPassive);
        MetricMessage[] metrics = [.. step.Metrics.Select(metric => new MetricMessage(metric.Key, metric.Value))];
        return new CommitReport(request.Ticket, step.Loss, step.LearningRate, step.Tokens, metrics);
    }

    internal AcceptOutcome AcceptPartial(ChunkMessage chunk) => Match(chunk.Ticket) ?? _exchange!.AcceptPartial(chunk);

    internal AcceptOutcome AcceptSum(ChunkMessage chunk) => Match(chunk.Ticket) ?? _exchange!.AcceptSum(chunk);

    internal AcceptOutcome AcceptWeights(ChunkMessage chunk) => Match(chunk.Ticket) ?? _exchange!.AcceptWeights(chunk);

    /// <summary>Reads a chunk of the state for a peer. On any thread.</summary>
    internal StateChunk Read(StateRequest request) => _facts is null
        ? new StateChunk(0, ReadOnlyMemory<byte>.Empty, 0, new Failure(FailureKind.Worker, $"{_key} has not opened"))
        : StateCopier.Read(Session, request);

    /// <summary>Copies the owned range on the worker's thread.</summary>
    /// <returns>Why there is no copy; null when there is, or nothing is owned.</returns>
    internal async Task<Failure?> SnapshotAsync(SnapshotRequest request)
    {
        _snapshots.KeepOnly(request.Wanted);
        if (_view is not { } view || view.Version != request.Version)
        {
            return new Failure(FailureKind.Lost, $"{_key} is in another view than {request.Version}");
        }

        if (view.Owned.Length > 0)
        {
            _snapshots.Add(request.Step, await _trainer.RunAsync(session => session.NextStep == request.Step
                ? session.Snapshot(view.Owned)
                : throw new InvalidOperationException($"step {session.NextStep} was committed before the state after {request.Step} steps was copied")));
        }

        return null;
    }

    /// <summary>Writes a copy in the background.</summary>
    internal async Task<CheckpointFileReport> CheckpointAsync(CheckpointRequest request)
    {
        if (_view is not { } view || view.Version != request.Version)
        {
            return CheckpointFileReport.Failed(new Failure(FailureKind.Lost, $"{_key} is in another view than {request.Version}"));
        }

        using var part = _snapshots.Take(request.Step);
        if (part is null)
        {
            return view.Owned.Length == 0
                ? new CheckpointFileReport(string.Empty, new RangeMessage(0, 0), 0, string.Empty)
                : CheckpointFileReport.Failed(new Failure(FailureKind.Lost, $"{_key} has no copy of the state after {request.Step} steps"));
        }

        var file = await _storage.Checkpoints.WriteAsync(request.StagingDirectory, part, _trainer.Closing);
        return new CheckpointFileReport(file.Name, RangeMessage.Of(file.Range), file.Bytes, file.Sha256);
    }

    internal async Task<ExportReport> ExportAsync(ExportRequest request)
    {
        return new ExportReport(request.Directory is { } place
            ? await new ResultExport(_storage).WriteAsync(place, directory => HashAsync(session => session.Export(directory)), _trainer.Closing)
            : await HashAsync(static _ => { }));

        Task<string> HashAsync(Action<IShardSession> before) => _trainer.RunAsync(session =>
        {
            before(session);
            return session.WeightsHash();
        });
    }

    public async ValueTask DisposeAsync()
    {
        Stop("the worker is let go");
        _clock.Dispose();
        await _trainer.DisposeAsync();
        _snapshots.Dispose();
        _inputs?.Dispose();
    }

    private static RangeMessage[] Ranges(RangeSet ranges) => [.. ranges.Ranges.Select(RangeMessage.Of)];

    private AcceptOutcome? Match(StepTicket ticket)
    {
        if (_exchange is { } exchange && exchange.Ticket == ticket)
        {
            return null;
        }

        if (_exchange is not null && ticket.IsOlderThan(_exchange.Ticket))
        {
            _dropped++;
            StepInstruments.DroppedMessages.Add(1);
            return AcceptOutcome.Stale;
        }

        return AcceptOutcome.Unknown;
    }
}
