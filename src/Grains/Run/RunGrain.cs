using Microsoft.Extensions.Logging;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;

namespace NSft.Grains.Run;

/// <summary>
/// Coordinates one run: a grain timer advances the <see cref="RunConductor"/> by one decision after the other, so that status and
/// cancel calls interleave. Persists at start, when the view changes and at the end, each time before it is announced.
/// </summary>
[GrainType("nsft.run"), KeepAlive]
internal sealed class RunGrain(
    [PersistentState("run", GrainStorageNames.State)] IPersistentState<RunState> state,
    TimeProvider time,
    ILogger<RunGrain> logger) : Grain, IRunGrain
{
    private static readonly TimeSpan TimerPeriod = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan TickBudget = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromSeconds(2);

    private readonly List<StepMessage> _steps = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunStateMachine? _machine;
    private RunConductor? _conductor;
    private IGrainTimer? _timer;
    private RunPhase _phase;

    private string RunId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.Phase != RunPhase.None && !state.State.Phase.IsTerminal())
        {
            state.State.Phase = RunPhase.Failed;
            state.State.Failure = new Failure(FailureKind.Coordinator, $"the coordinator was lost after {state.State.CommittedSteps} steps or later");
            await state.WriteStateAsync(cancellationToken);
        }

        _phase = state.State.Phase;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_conductor is { IsDone: false } conductor)
        {
            // The next activation ends the run; nobody else would let its workers go.
            await conductor.CloseWorkersAsync();
        }
    }

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

        state.State.Request = request;
        state.State.Phase = RunPhase.Opening;
        await state.WriteStateAsync();
        _phase = RunPhase.Opening;
        _machine = new RunStateMachine(RunId, request.AttemptLimit);
        _conductor = new RunConductor(RunId, request, _machine, GrainFactory);
        RunLog.Started(logger, RunId, request.WorkerCount);
        _timer = this.RegisterGrainTimer(
            TickAsync,
            new GrainTimerCreationOptions(TimeSpan.Zero, TimerPeriod) { Interleave = true, KeepAlive = true });
    }

    /// <inheritdoc/>
    public Task<RunStatus> GetStatusAsync(int knownSteps) => Task.FromResult(Status(knownSteps));

    /// <inheritdoc/>
    public async Task<RunStatus> WatchAsync(int knownSteps, RunPhase knownPhase)
    {
        if (_phase == knownPhase && !knownPhase.IsTerminal() && _steps.Count <= knownSteps)
        {
            await Task.WhenAny(_changed.Task, Task.Delay(WatchPeriod, time));
        }

        return Status(knownSteps);
    }

    /// <inheritdoc/>
    public async Task CancelAsync()
    {
        if (_conductor is not null && !_phase.IsTerminal())
        {
            await _conductor.CancelAsync();
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (!_conductor!.IsDone && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(begin) < TickBudget)
        {
            await AdvanceAsync();
        }

        if (_conductor.IsDone)
        {
            _timer?.Dispose();
        }
    }

    private async Task AdvanceAsync()
    {
        try
        {
            await _conductor!.AdvanceAsync();
        }
#pragma warning disable CA1031 // Top of the run's loop: whatever fails ends the run with its reason.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RunLog.CoordinatorFailed(logger, RunId, exception);
            _conductor!.Fail(Failures.Of(exception, FailureKind.Coordinator, "coordinator"));
        }

        await RecordAsync();
    }

    private async Task RecordAsync()
    {
        var machine = _machine!;
        if (machine.LastCommitted is { } step && step.Step == _steps.Count)
        {
            _steps.Add(step);
            GrainInstruments.CommittedSteps.Add(1);
            Announce();
        }

        var isNewView = machine.View is { } view && state.State.Views.All(known => known.Version != view.Version);
        var isEnded = machine.Phase.IsTerminal() && _conductor!.IsDone;
        var phase = machine.Phase.IsTerminal() && !isEnded ? _phase : machine.Phase;
        if (phase != _phase || isNewView)
        {
            await PersistAsync(phase, isNewView);
            Announce();
        }
    }

    private async Task PersistAsync(RunPhase phase, bool isNewView)
    {
        var machine = _machine!;
        state.State.CommittedSteps = machine.CommittedSteps;
        state.State.TotalSteps = machine.TotalSteps;
        state.State.PlanHash = machine.PlanHash;
        state.State.Failure = machine.Failure;
        state.State.WeightsHash = machine.WeightsHash;
        if (isNewView)
        {
            state.State.Views.Add(machine.View!);
        }

        state.State.Phase = phase;
        await state.WriteStateAsync();
        _phase = phase;
        RunLog.Entered(logger, RunId, phase, machine.CommittedSteps);
    }

    private RunStatus Status(int knownSteps) => new(
        _phase,
        _machine?.CommittedSteps ?? state.State.CommittedSteps,
        _machine?.TotalSteps ?? state.State.TotalSteps,
        [.. _steps.Skip(knownSteps)],
        state.State.Views.LastOrDefault(),
        _phase.IsTerminal() ? state.State.Failure : null,
        _phase.IsTerminal() ? state.State.WeightsHash : null,
        _machine?.RedoneSteps ?? 0,
        _conductor?.DroppedMessages ?? 0,
        _machine?.HeldBytes ?? 0);

    private void Announce()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
