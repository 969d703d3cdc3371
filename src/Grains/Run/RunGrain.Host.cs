using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Run;

/// <summary>What the run grain does for its conductor: persists, records, watches silos and fleet, ends.</summary>
internal sealed partial class RunGrain
{
    /// <inheritdoc/>
    RunGauges IRunHost.Gauges => _gauges!;

    /// <inheritdoc/>
    ICheckpointStore? IRunHost.Checkpoints => Elastic.ResolveCheckpointDirectory() is { } place ? storage.Checkpoints.Open(place) : null;

    /// <inheritdoc/>
    async Task IRunHost.PersistAsync()
    {
        var before = state.State.Phase;
        _machine!.Save(state.State);
        if (_machine.Phase.IsTerminal())
        {
            // The end is told when the result is in its place.
            state.State.Phase = before;
        }

        await Persistence.WriteAsync();
        if (state.State.Phase != before)
        {
            RunLog.Entered(logger, RunId, state.State.Phase, _machine.CommittedSteps);
        }

        Announce();
    }

    /// <inheritdoc/>
    bool IRunHost.Record(StepMessage step)
    {
        var isNew = _journal.Add(step);
        if (isNew)
        {
            RunCounters.Count(step);
            RunLog.Committed(logger, RunId, step.Step, step.ViewVersion, step.Loss, step.GradientNorm);
            _gauges!.Show(step);
            Announce();
        }

        return isNew;
    }

    /// <inheritdoc/>
    void IRunHost.Record(RunCommand.Note note, double seconds) => Record(note, seconds);

    /// <inheritdoc/>
    Task IRunHost.FlushAsync() => Persistence.FlushAsync(_journal);

    private void Record(RunCommand.Note note, double seconds)
    {
        _journal.Add(new RunEventMessage(
            _journal.Events.Count + 1, time.GetUtcNow(), _machine!.CommittedSteps, _machine.View?.Version ?? 0, note.Kind, note.Text, seconds));
        RunCounters.Count(note);
        RunLog.Happened(logger, RunId, _machine.CommittedSteps, note.Kind, note.Text);
    }

    /// <inheritdoc/>
    void IRunHost.ForgetSteps(int from) => _journal.Forget(from);

    /// <inheritdoc/>
    void IRunHost.Closing(Task close)
    {
        _closing.RemoveAll(task => task.IsCompleted);
        _closing.Add(close);
    }

    /// <inheritdoc/>
    async Task IRunHost.FinishAsync()
    {
        await Task.WhenAll(_closing);
        await Persistence.FlushAsync(_journal);
        var before = state.State.Phase;
        _machine!.Save(state.State);

        // Told when the result is in its place.
        var end = state.State.Phase;
        state.State.Phase = before;
        if (Elastic.OutputDirectory is not null
            && await RunResult.SettleAsync(RunId, state.State, end, _journal.Steps, storage) is { } problem)
        {
            end = RunPhase.Failed;
            state.State.Failure = problem;
        }

        state.State.Phase = end;
        await Persistence.EndAsync(_journal);
        await Persistence.WriteAsync();
        RunCounters.Count(state.State.Phase);
        _gauges?.Dispose();
        RunLog.Entered(logger, RunId, state.State.Phase, _machine.CommittedSteps);
        Announce();
    }

    /// <inheritdoc/>
    Task IRunHost.AbdicateAsync()
    {
        _gauges?.Dispose();
        RunLog.Abdicated(logger, RunId, CommittedSteps);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    void IRunHost.Failed(Exception exception) => RunLog.CoordinatorFailed(logger, RunId, CommittedSteps, exception);

    private RunPersistence Persistence => _persistence ??= new RunPersistence(state, note => Record(note, seconds: 0), time);

    private void Conduct()
    {
        var request = state.State.Request!;
        var policy = new RunPolicy(
            request.AttemptLimit,
            Elastic.MinWorkers,
            Elastic.StateMode,
            Elastic.CheckpointEvery,
            Elastic.ResolveCheckpointDirectory() is not null);
        _machine = new RunStateMachine(RunId, policy, state.State.TargetWorkers);
        BeginGauges(policy);
        _conductor = new RunConductor(RunId, request, _machine, this, GrainFactory, time);
        _timer = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TimeSpan.Zero, TimerPeriod) { Interleave = true, KeepAlive = true });
    }

    /// <summary>From here on this silo reports the run, from what is known of it.</summary>
    private void BeginGauges(RunPolicy policy)
    {
        _gauges = reports.Begin();
        if (_journal.Steps.Count > 0)
        {
            _gauges.Show(_journal.Steps[^1]);
        }

        if (policy is { KeepsCheckpoints: true, CheckpointEvery: > 0 })
        {
            _gauges.ShowCheckpoint(_journal.Events.LastOrDefault(happened => happened.Kind == RunEventKind.CheckpointWritten)?.Time ?? state.State.StartedAt);
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        if (_conductor is not { IsDone: false } conductor || state.State.Request is null || !state.RecordExists)
        {
            await TellIndexAsync();
            if (_conductor is { IsDone: true })
            {
                _timer?.Dispose();
            }

            return;
        }

        if (!_hasBegun)
        {
            _hasBegun = true;
            conductor.Post(new RunEvent.Began());
        }

        _gauges!.Show(Phase, _machine!);
        WatchSilos(conductor);
        conductor.Tick();
        foreach (var happened in await _fleet.AskAsync(_machine!, GrainFactory.GetGrain<IFleetGrain>(FleetKey.Only)))
        {
            conductor.Post(happened);
        }

        Persistence.Watch(_journal);
        await TellIndexAsync();
    }

    /// <summary>Whatever silo of a worker is not there any more has taken its workers with it.</summary>
    private void WatchSilos(RunConductor conductor)
    {
        var snapshot = membership.CurrentSnapshot;
        if (snapshot.Version == _seen)
        {
            return;
        }

        _seen = snapshot.Version;
        foreach (var silo in _machine!.Workers.Select(worker => worker.Silo).Distinct().ToList())
        {
            var status = snapshot.GetSiloStatus(SiloAddress.FromParsableString(silo));
            if (status is SiloStatus.Dead or SiloStatus.None)
            {
                conductor.Post(new RunEvent.SiloLost(silo));
            }
            else if (status.IsTerminating())
            {
                conductor.Post(new RunEvent.SiloDraining(silo));
            }
        }
    }

    private async Task TellIndexAsync()
    {
        var request = state.State.Request;
        var summary = new RunSummary(
            RunId, Elastic.Name, Phase, CommittedSteps, _machine?.Plan?.TotalSteps ?? 0, state.State.StartedAt, Elastic.OutputDirectory);
        if (request is null || (_told is not null && _told.Phase == summary.Phase))
        {
            return;
        }

        _told = summary;
        await GrainFactory.GetGrain<IRunIndexGrain>(RunIndexKey.Only).PutAsync(summary);
    }
}
