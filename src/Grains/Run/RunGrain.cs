using Microsoft.Extensions.Logging;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Instruments;

namespace NSft.Grains.Run;

/// <summary>
/// Coordinates one run: hosts the <see cref="RunConductor"/>, keeps its state and journal, answers observers. An activation that finds
/// a run that has not ended takes it up from what was persisted.
/// </summary>
[GrainType("nsft.run"), KeepAlive]
internal sealed partial class RunGrain(
    [PersistentState("run", GrainStorageNames.State)] IPersistentState<RunState> state,
    IClusterMembershipService membership,
    RunStorage storage,
    RunReports reports,
    TimeProvider time,
    ILogger<RunGrain> logger) : Grain, IRunGrain, IRunHost, IDisposable
{
    private static readonly TimeSpan TimerPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(2);

    /// <summary>An activation ends when no call waits in it any more, so those that watch a leaving one are not kept long.</summary>
    private static readonly TimeSpan LeavingPeriod = TimeSpan.FromMilliseconds(50);

    private readonly List<Task> _closing = [];
    private readonly FleetPoll _fleet = new(time);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunJournal _journal = RunJournal.InMemory();
    private RunStateMachine? _machine;
    private RunConductor? _conductor;
    private RunSummary? _told;
    private RunGauges? _gauges;
    private IGrainTimer? _timer;
    private MembershipVersion? _seen;
    private bool _hasBegun;
    private bool _isLeaving;
    private RunPersistence? _persistence;

    private string RunId => this.GetPrimaryKeyString();

    private ElasticOptions Elastic => state.State.Request?.Elastic ?? new ElasticOptions();

    private int CommittedSteps => _machine?.CommittedSteps ?? state.State.CommittedSteps;

    /// <summary>The end is told when the result is in its place, not when it is decided.</summary>
    private RunPhase Phase => _conductor is { IsDone: false } && _machine!.Phase is var phase && phase != RunPhase.None && !phase.IsTerminal()
        ? phase
        : state.State.Phase;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Request is not null)
        {
            _journal = await RunJournal.OpenAsync(storage.Stores, Elastic.RunDirectory);
            if (!state.State.Phase.IsTerminal())
            {
                Conduct();
                _machine!.Restore(state.State);
            }
        }
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>This silo reports the run no more.</summary>
    public void Dispose() => _gauges?.Dispose();

    /// <inheritdoc/>
    public async Task StartAsync(RunRequest request)
    {
        if (state.State.Request is { } earlier)
        {
            if (earlier != request)
            {
                throw new InvalidOperationException($"Run {RunId} was started with another request.");
            }

            return;
        }

        var journal = await RunJournal.OpenAsync(storage.Stores, request.Elastic?.RunDirectory);
        state.State.Request = request;
        state.State.Phase = RunPhase.Opening;
        state.State.TargetWorkers = request.WorkerCount;
        state.State.StartedAt = time.GetUtcNow();
        _journal = journal;
        RunLog.Started(logger, RunId, request.WorkerCount);
        Conduct();
        if (Elastic.Resume && await _conductor!.FindCheckpointAsync() is RunEvent.CheckpointFound { Directory: not null } found)
        {
            _machine!.ResumeAt(found.Step);
        }

        await Persistence.WriteAsync();
    }

    /// <inheritdoc/>
    public Task<RunStatus> GetStatusAsync(int knownSteps) => Task.FromResult(Status(knownSteps));

    /// <inheritdoc/>
    public async Task<RunStatus> WatchAsync(int knownSteps, RunPhase knownPhase)
    {
        if (Phase == knownPhase && !knownPhase.IsTerminal() && CommittedSteps <= knownSteps)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(_isLeaving ? LeavingPeriod : WatchPeriod, time));
        }

        return Status(knownSteps);
    }

    /// <inheritdoc/>
    public Task ScaleAsync(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        return TellAsync(new RunEvent.Scaled(workers));
    }

    /// <inheritdoc/>
    public Task PauseAsync() => TellAsync(new RunEvent.Paused());

    /// <inheritdoc/>
    public Task ResumeAsync() => TellAsync(new RunEvent.Resumed());

    /// <inheritdoc/>
    public async Task CancelAsync()
    {
        if (_conductor is { IsDone: false } conductor)
        {
            conductor.Post(new RunEvent.Cancelled());
            await conductor.Done;
        }
    }

    /// <inheritdoc/>
    public async Task DrainAsync(string silo)
    {
        if (_conductor is not { IsDone: false } conductor)
        {
            return;
        }

        conductor.Post(new RunEvent.SiloDraining(silo));
        while (!conductor.IsDone && _machine!.IsOn(silo))
        {
            await Task.Delay(TimerPeriod, time);
        }

        if (GrainContext.Address.SiloAddress?.ToParsableString() == silo)
        {
            // The coordinator leaves as well: nothing new is begun, so that no step is lost with it.
            conductor.Post(new RunEvent.Yielded());
            _isLeaving = true;
            Announce();
            while (!conductor.IsDone && _machine!.Stage != StageKind.Boundary)
            {
                await Task.Delay(TimerPeriod, time);
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> KnowsAsync(string workerKey) =>
        Task.FromResult(_conductor is { IsDone: false } && _machine!.Knows(workerKey));

    /// <inheritdoc/>
    public Task<RunEventMessage[]> ReadEventsAsync(long after) =>
        Task.FromResult<RunEventMessage[]>([.. _journal.Events.SkipWhile(happened => happened.Sequence <= after)]);

    /// <inheritdoc/>
    public Task<ViewMessage[]> GetViewsAsync() => Task.FromResult<ViewMessage[]>([.. state.State.Views]);

    private Task TellAsync(RunEvent wish)
    {
        if (_conductor is not { IsDone: false } conductor)
        {
            throw new InvalidOperationException($"Run {RunId} {(state.State.Request is null ? "does not exist" : "has ended")}.");
        }

        conductor.Post(wish);
        return Task.CompletedTask;
    }

    private RunStatus Status(int knownSteps)
    {
        var phase = Phase;
        return new RunStatus(
            phase,
            CommittedSteps,
            (_machine?.Plan ?? state.State.Plan)?.TotalSteps ?? 0,
            [.. _journal.Steps.Where(step => step.Step >= knownSteps)],
            state.State.Views.LastOrDefault(),
            phase.IsTerminal() ? state.State.Failure : null,
            phase.IsTerminal() ? state.State.WeightsHash : null,
            _machine?.RedoneSteps ?? state.State.RedoneSteps,
            _machine?.DroppedMessages ?? 0,
            _machine?.HeldBytes ?? 0,
            _machine?.TargetWorkers ?? state.State.TargetWorkers,
            phase.IsTerminal() ? [] : _machine?.Workers ?? [],
            _machine?.DiscardedSteps ?? state.State.DiscardedSteps,
            _machine?.LastCheckpointStep ?? state.State.LastCheckpointStep,
            state.State.StartedAt);
    }

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
