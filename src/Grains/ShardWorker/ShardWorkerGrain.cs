using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;
using Orleans.Placement;

namespace NSft.Grains.ShardWorker;

/// <summary>A worker's messages. Its tensors live on the thread of its <see cref="ShardTrainer"/>.</summary>
/// <remarks>
/// Commands of the coordinator come one after the other; chunks, discard and close interleave with them. What a command throws
/// becomes a <see cref="Failure"/> in its report. Weights change in <see cref="CommitAsync"/> only.
/// </remarks>
[GrainType("nsft.shard-worker"), KeepAlive, Immovable]
internal sealed class ShardWorkerGrain(IShardSessionFactory sessions, ILocalSiloDetails silo) : Grain, IShardWorkerGrain
{
    private ShardTrainer? _trainer;
    private SessionFacts? _facts;
    private ExchangeOptions _options = new(RunRequest.DefaultChunkBytes, new ChunkBuffers());
    private WorkerView? _view;
    private GradientExchange? _exchange;
    private CommitReport? _committed;
    private Task _freed = Task.CompletedTask;
    private long _dropped;

    private string Key => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public Task<OpenReport> OpenAsync(OpenRequest request) => ReportAsync(
        async () =>
        {
            _options = new ExchangeOptions(request.ChunkBytes, new ChunkBuffers());
            _trainer ??= new ShardTrainer($"nsft {Key}");
            _facts ??= await _trainer.OpenAsync(closing => sessions.Open(Key, request.OptionsJson, request.DatasetHash, closing));
            var heldBytes = await _trainer.RunAsync(session => session.HeldBytes);
            return new OpenReport(
                null, silo.SiloAddress.ToParsableString(), _facts.TotalSteps, _facts.ShardCount, _facts.DataBits, _facts.PlanHash, heldBytes);
        },
        OpenReport.Failed);

    /// <inheritdoc/>
    public Task<bool> TakeSeatAsync(SeatRequest request)
    {
        if (_view is not null && request.View.Version <= _view.Version)
        {
            NoteDropped();
            return Task.FromResult(false);
        }

        _exchange?.Abort($"view {request.View.Version} took the place of view {_view!.Version}");
        _exchange = null;
        var workers = request.View.Seats.Select(seat => GrainFactory.GetGrain<IShardWorkerGrain>(seat.Key));
        _view = new WorkerView(request.View, request.Seat, [.. workers]);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<PreparedReport> PrepareAsync(PrepareRequest request) => ReportAsync(
        async () =>
        {
            var view = ViewOf(request.Ticket);
            var facts = _facts!;
            _exchange?.Abort($"try {request.Ticket.Attempt} of step {request.Ticket.Step} began");
            var trainer = _trainer!;
            var seats = ExchangeSeats.Of(view.Workers, view.Seat, view.Workers.Count, OptimizerStateMode.Replicated);
            var exchange = new GradientExchange(request.Ticket, seats, trainer.Exchange, facts, _options);
            _exchange = exchange;
            var prepared = await trainer.RunAsync(session =>
                session.Prepare(request.Ticket.Step, view.Shards, request.Exponents, exchange.Ready, trainer.Closing));
            return new PreparedReport(
                request.Ticket,
                facts.PlanHash,
                [.. prepared.Shards.Select(shard => new ShardMessage(shard.Shard, shard.Sums, shard.Counts))],
                prepared.SliceMaxima,
                prepared.IsSummed);
        },
        failure => PreparedReport.Failed(request.Ticket, failure));

    /// <inheritdoc/>
    public Task<VoteReport> ReduceAsync(ReduceRequest request) => ReportAsync(
        async () =>
        {
            var view = ViewOf(request.Ticket);
            if (_exchange is not { } exchange || exchange.Ticket != request.Ticket)
            {
                return VoteReport.No(request.Ticket, "this try was not prepared here", _dropped);
            }

            try
            {
                await exchange.RunAsync();
            }
            catch (InvalidOperationException exception)
            {
                return VoteReport.No(request.Ticket, exception.Message, _dropped);
            }

            var facts = _facts!;
            var owned = ReducePlan.Create(facts.Layout, view.Workers.Count, facts.BytesPerElement, _options.ChunkBytes).Owned(view.Seat);
            var reduced = await _trainer!.RunAsync(session => session.Reduce(owned));
            return reduced.IsFinite
                ? new VoteReport(request.Ticket, null, reduced.BlockSums, reduced.SliceMaxima, _dropped)
                : VoteReport.No(request.Ticket, "the gradient is not finite", _dropped);
        },
        failure => VoteReport.No(request.Ticket, failure.Message, _dropped, failure));

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk) =>
        Task.FromResult(Match(chunk.Ticket) ?? _exchange!.AcceptPartial(chunk));

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk) =>
        Task.FromResult(Match(chunk.Ticket) ?? _exchange!.AcceptSum(chunk));

    /// <inheritdoc/>
    public Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk) =>
        Task.FromResult(Match(chunk.Ticket) ?? _exchange!.AcceptWeights(chunk));

    /// <inheritdoc/>
    public Task<CommitReport> CommitAsync(CommitRequest request) => ReportAsync(
        async () =>
        {
            ViewOf(request.Ticket);
            if (_committed?.Ticket == request.Ticket)
            {
                return _committed;
            }

            if (_exchange?.Ticket != request.Ticket)
            {
                throw new InvalidOperationException($"step {request.Ticket.Step} was committed without having been prepared");
            }

            var step = await _trainer!.RunAsync(session => session.Commit(new StepCommit(request.Sums, request.Counts, request.Norm, request.NextExponents)));
            MetricMessage[] metrics = [.. step.Metrics.Select(metric => new MetricMessage(metric.Key, metric.Value))];
            _committed = new CommitReport(request.Ticket, step.Loss, step.LearningRate, step.Tokens, metrics);
            return _committed;
        },
        failure => CommitReport.Failed(request.Ticket, failure));

    /// <inheritdoc/>
    public async Task DiscardAsync(StepTicket ticket)
    {
        if (_exchange is not { } exchange || exchange.Ticket != ticket || _committed?.Ticket == ticket)
        {
            NoteDropped();
            return;
        }

        exchange.Abort("the step is discarded");
        await _trainer!.RunAsync(session =>
        {
            session.Discard();
            return true;
        });
    }

    /// <inheritdoc/>
    public Task<ExportReport> ExportAsync(ExportRequest request) => ReportAsync(
        async () => new ExportReport(await _trainer!.RunAsync(session =>
        {
            if (request.Directory is { } directory)
            {
                session.Export(directory);
            }

            return session.WeightsHash();
        })),
        failure => new ExportReport(string.Empty, failure));

    /// <inheritdoc/>
    public async Task CloseAsync(string runId)
    {
        _exchange?.Abort("the run has ended");
        await FreeAsync();
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => FreeAsync();

    private Task FreeAsync()
    {
        if (_trainer is { } trainer)
        {
            _trainer = null;
            _facts = null;
            _freed = trainer.DisposeAsync().AsTask();
        }

        return _freed;
    }

    private WorkerView ViewOf(StepTicket ticket) =>
        _view is { } view && view.Version == ticket.View && _trainer is not null
            ? view
            : throw new InvalidOperationException($"view {ticket.View} is not this worker's ({_view?.Version ?? 0})");

    private AcceptOutcome? Match(StepTicket ticket)
    {
        if (_exchange is { } exchange && exchange.Ticket == ticket)
        {
            return null;
        }

        if (_exchange is not null && ticket.IsOlderThan(_exchange.Ticket))
        {
            NoteDropped();
            return AcceptOutcome.Stale;
        }

        return AcceptOutcome.Unknown;
    }

    private void NoteDropped()
    {
        _dropped++;
        GrainInstruments.DroppedMessages.Add(1);
    }

    private async Task<T> ReportAsync<T>(Func<Task<T>> work, Func<Failure, T> failed)
    {
        try
        {
            return await work();
        }
#pragma warning disable CA1031 // A failing worker is a value for the coordinator, whatever it failed of.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return failed(Failures.Of(exception, FailureKind.Worker, $"worker {Key}"));
        }
    }
}
