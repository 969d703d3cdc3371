using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Fleet;
using NSft.Grains.Run;
using Orleans.Placement;

namespace NSft.Grains.ShardWorker;

/// <summary>A worker's messages: asks the <see cref="WorkerProtocol"/> what to do with each and has its <see cref="WorkerBody"/> do it.</summary>
/// <remarks>
/// All calls interleave; the protocol decides by versions and tickets. What a call throws becomes a <see cref="Failure"/> in its report.
/// An activation that was never opened belongs to a worker that is lost: it says so and goes.
/// </remarks>
[GrainType("nsft.shard-worker"), KeepAlive, Immovable]
internal sealed class ShardWorkerGrain(
    IShardSessionFactory sessions,
    WorkerBodies bodies,
    DeviceTable devices,
    RunStorage storage,
    ILocalSiloDetails silo,
    TimeProvider time) : Grain, IShardWorkerGrain, IAsyncDisposable
{
    private static readonly TimeSpan OrphanPeriod = TimeSpan.FromSeconds(15);

    private readonly WorkerProtocol _protocol = new();
    private Task<OpenReport>? _opened;
    private WorkerBody? _body;
    private Task<SeatReport>? _seated;
    private Task<PreparedReport>? _prepared;
    private Task<VoteReport>? _voted;
    private Task<CommitReport>? _committed;
    private Task _freed = Task.CompletedTask;
    private long _heard;

    private string Key => this.GetPrimaryKeyString();

    private Failure NotOpen => new(FailureKind.Lost, $"{Key} is lost: it was never opened on {silo.SiloAddress.ToParsableString()}");

    /// <inheritdoc/>
    public Task<OpenReport> OpenAsync(OpenRequest request) => _opened ??= ReportAsync(() => OpenBodyAsync(request), OpenReport.Failed);

    /// <inheritdoc/>
    public async Task<HaltReport> HaltAsync(HaltRequest request)
    {
        if (Body() is not { } body)
        {
            return HaltReport.Failed(request.Version, NotOpen);
        }

        var verdict = _protocol.Halt(request.Version);
        if (verdict is not (Verdict.Do or Verdict.Repeated))
        {
            return HaltReport.Failed(_protocol.Promised, Refusal(verdict, $"view {request.Version}"));
        }

        var missing = body.Stop($"view {request.Version} begins");

        // What is being applied cannot be stopped, and belongs to what is told.
        var applied = _committed is { } applying ? await applying : null;
        return body.Describe(request.Version, _protocol, applied, missing);
    }

    /// <inheritdoc/>
    public Task<SeatReport> TakeSeatAsync(SeatRequest request)
    {
        var version = request.View.Version;
        if (Body() is not { } body)
        {
            return Task.FromResult(new SeatReport(version, 0, NotOpen));
        }

        var verdict = _protocol.Seat(version);
        if (verdict == Verdict.Do)
        {
            _seated = ReportAsync(
                async () =>
                {
                    var bytes = await body.SeatAsync(request, _protocol);
                    return new SeatReport(version, bytes);
                },
                failure => new SeatReport(version, 0, failure));
        }

        return verdict is Verdict.Do or Verdict.Repeated
            ? _seated!
            : Task.FromResult(new SeatReport(version, 0, Refusal(verdict, $"a seat in view {version}")));
    }

    /// <inheritdoc/>
    public async Task<SyncReport> SyncAsync(SeatRequest request)
    {
        var version = request.View.Version;
        if (Body() is not { } body)
        {
            return new SyncReport(version, 0, 0, NotOpen);
        }

        var verdict = _protocol.Sync(version);
        return verdict == Verdict.Do
            ? await ReportAsync(
                async () => new SyncReport(version, body.CommittedSteps, await body.CopyAsync(request)),
                failure => new SyncReport(version, 0, 0, failure))
            : new SyncReport(version, 0, 0, Refusal(verdict, $"copying in view {version}"));
    }

    /// <inheritdoc/>
    public Task<PreparedReport> PrepareAsync(PrepareRequest request)
    {
        if (Body() is not { } body)
        {
            return Task.FromResult(PreparedReport.Failed(request.Ticket, NotOpen));
        }

        var verdict = _protocol.Prepare(request.Ticket);
        if (verdict == Verdict.Do)
        {
            _prepared = ReportAsync(() => body.PrepareAsync(request), failure => PreparedReport.Failed(request.Ticket, failure));
        }

        return verdict is Verdict.Do or Verdict.Repeated
            ? _prepared!
            : Task.FromResult(PreparedReport.Failed(request.Ticket, Refusal(verdict, Describe(request.Ticket))));
    }

    /// <inheritdoc/>
    public Task<VoteReport> ReduceAsync(ReduceRequest request)
    {
        if (Body() is not { } body)
        {
            return Task.FromResult(VoteReport.No(request.Ticket, NotOpen.Message, 0, NotOpen));
        }

        var verdict = _protocol.Reduce(request.Ticket);
        if (verdict is Verdict.Stale or Verdict.Superseded)
        {
            var refusal = Refusal(verdict, Describe(request.Ticket));
            return Task.FromResult(VoteReport.No(request.Ticket, refusal.Message, body.DroppedMessages, refusal));
        }

        if (verdict == Verdict.Do)
        {
            _voted = ReportAsync(
                async () =>
                {
                    var vote = await body.ReduceAsync(request.Ticket);
                    return vote.Reason is not null || _protocol.VoteYes(request.Ticket)
                        ? vote
                        : VoteReport.No(request.Ticket, "the try was overtaken", body.DroppedMessages);
                },
                failure => VoteReport.No(request.Ticket, failure.Message, body.DroppedMessages, failure));
        }

        return _voted!;
    }

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk) => Task.FromResult(_body?.AcceptPartial(chunk) ?? AcceptOutcome.Unknown);

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk) => Task.FromResult(_body?.AcceptSum(chunk) ?? AcceptOutcome.Unknown);

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk) => Task.FromResult(_body?.AcceptWeights(chunk) ?? AcceptOutcome.Unknown);

    /// <inheritdoc/>
    public Task<CommitReport> CommitAsync(CommitRequest request)
    {
        if (Body() is not { } body)
        {
            return Task.FromResult(CommitReport.Failed(request.Ticket, NotOpen));
        }

        var verdict = _protocol.Commit(request);
        if (verdict == Verdict.Do)
        {
            _committed = ReportAsync(() => body.CommitAsync(request), failure => CommitReport.Failed(request.Ticket, failure));
        }

        return verdict is Verdict.Do or Verdict.Repeated
            ? _committed!
            : Task.FromResult(CommitReport.Failed(request.Ticket, Refusal(verdict, $"the commit of {Describe(request.Ticket)}")));
    }

    /// <inheritdoc/>
    public async Task<StateChunk> ReadStateAsync(StateRequest request) => _body is { } body
        ? await Task.Run(() => body.Read(request))
        : new StateChunk(0, ReadOnlyMemory<byte>.Empty, 0, NotOpen);

    /// <inheritdoc/>
    public Task<Failure?> SnapshotAsync(SnapshotRequest request) => Body() is { } body
        ? ReportAsync(() => body.SnapshotAsync(request), failure => failure)
        : Task.FromResult<Failure?>(NotOpen);

    /// <inheritdoc/>
    public Task<CheckpointFileReport> CheckpointAsync(CheckpointRequest request) => Body() is { } body
        ? ReportAsync(() => body.CheckpointAsync(request), CheckpointFileReport.Failed)
        : Task.FromResult(CheckpointFileReport.Failed(NotOpen));

    /// <inheritdoc/>
    public Task<ExportReport> ExportAsync(ExportRequest request) => Body() is { } body
        ? ReportAsync(() => body.ExportAsync(request), failure => new ExportReport(string.Empty, failure))
        : Task.FromResult(new ExportReport(string.Empty, NotOpen));

    /// <inheritdoc/>
    public async Task CloseAsync(string runId)
    {
        await FreeAsync();
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => FreeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(FreeAsync());

    private static string Describe(StepTicket ticket) => $"try {ticket.Attempt} of step {ticket.Step} in view {ticket.View}";

    private async Task<OpenReport> OpenBodyAsync(OpenRequest request)
    {
        var here = silo.SiloAddress.ToParsableString();
        if (request.Silo != here)
        {
            DeactivateOnIdle();
            return OpenReport.Failed(new Failure(FailureKind.Lost, $"{Key} was placed on {here} instead of {request.Silo}"));
        }

        if (!devices.TryTake(request.Device, Key))
        {
            DeactivateOnIdle();
            return OpenReport.Failed(new Failure(FailureKind.Lost, $"device {request.Device} of {here} is taken"));
        }

        _body = bodies.Add(new WorkerBody(Key, request, GrainFactory, storage));
        _heard = time.GetTimestamp();
        this.RegisterGrainTimer(LeaveIfOrphanedAsync, new GrainTimerCreationOptions(OrphanPeriod, OrphanPeriod) { Interleave = true });
        return await _body.OpenAsync(sessions, here);
    }

    /// <summary>The worker's body, if it has been opened; notes that the coordinator is there.</summary>
    private WorkerBody? Body()
    {
        _heard = time.GetTimestamp();
        if (_body is null)
        {
            DeactivateOnIdle();
        }

        return _body is { IsOpen: true } ? _body : null;
    }

    /// <summary>A worker that nobody calls asks whether its run still knows it: the coordinator that made it may have died before it could tell anybody.</summary>
    private async Task LeaveIfOrphanedAsync(CancellationToken cancellationToken)
    {
        if (_body is not { } body || time.GetElapsedTime(_heard) < OrphanPeriod)
        {
            return;
        }

        try
        {
            if (!await GrainFactory.GetGrain<IRunGrain>(body.RunId).KnowsAsync(Key))
            {
                await CloseAsync(body.RunId);
            }
        }
        catch (Exception exception) when (Failures.IsLostCall(exception))
        {
            // Asked again next time.
        }
    }

    private Failure Refusal(Verdict verdict, string what) => verdict == Verdict.Superseded
        ? new Failure(FailureKind.Superseded, $"{Key} has promised itself to view {_protocol.Promised} and refuses {what}")
        : new Failure(FailureKind.Worker, $"{Key} is not at {what} (view {_protocol.Promised}, {_protocol.CommittedSteps} steps)");

    private Task FreeAsync()
    {
        if (_body is { } body)
        {
            _body = null;
            _freed = FreeAsync(body);
        }

        return _freed;
    }

    private async Task FreeAsync(WorkerBody body)
    {
        await bodies.DisposeAsync(body);
        devices.Release(Key);
    }

    private async Task<T> ReportAsync<T>(Func<Task<T>> work, Func<Failure, T> failed)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return failed(new Failure(FailureKind.Lost, $"{Key}: the work was stopped"));
        }
#pragma warning disable CA1031 // A failing worker is a value for the coordinator, whatever it failed of.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return failed(Failures.Of(exception, FailureKind.Worker, Key));
        }
    }
}
