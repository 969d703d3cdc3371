using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Workers that open, and what one coordinator leaves to the next.</summary>
internal sealed partial class RunStateMachine
{
    /// <summary>Writes what the next coordinator needs.</summary>
    internal void Save(RunState state)
    {
        state.Phase = Phase;
        state.Version = _version;
        state.CommittedSteps = CommittedSteps;
        state.Plan = Plan;
        state.TargetWorkers = TargetWorkers;
        state.IsPaused = _isPaused;
        state.NextWorker = _roster.NextIndex;
        state.Workers = _roster.Describe();
        state.Failure = Failure;
        state.WeightsHash = WeightsHash;
        state.RedoneSteps = RedoneSteps;
        state.DiscardedSteps = DiscardedSteps;
        state.LastCheckpointStep = LastCheckpointStep;
        if (View is not null && state.Views.All(known => known.Version != View.Version))
        {
            state.Views.Add(View);
        }
    }

    /// <summary>Takes up the run from what another coordinator has persisted; workers are asked what they have.</summary>
    internal void Restore(RunState state)
    {
        Phase = state.Phase;
        _version = state.Version;
        CommittedSteps = state.CommittedSteps;
        Plan = state.Plan;
        TargetWorkers = state.TargetWorkers;
        _isPaused = state.IsPaused;
        RedoneSteps = state.RedoneSteps;
        DiscardedSteps = state.DiscardedSteps;
        LastCheckpointStep = state.LastCheckpointStep;
        Failure = state.Failure;
        WeightsHash = state.WeightsHash;
        _roster.Restore(state.Workers, state.NextWorker);
        _isRestored = true;
    }

    private void HandleGranted(IReadOnlyList<DeviceGrant> grants)
    {
        _isFleetExhausted = false;
        var members = grants.Take(WantedWorkers).Select(_roster.Add).ToList();
        if (members.Count == 0)
        {
            return;
        }

        // A key is one life: the next coordinator must not use it again.
        Do(new RunCommand.Persist());
        foreach (var member in members)
        {
            Do(new RunCommand.Open(member.Key, new DeviceGrant(member.Silo, member.Device)));
        }
    }

    private void HandleOpened(string worker, OpenReport report)
    {
        if (_roster.Find(worker) is not { } member)
        {
            Do(new RunCommand.Close(worker));
            return;
        }

        if (report.Failure is { } failure)
        {
            HandleOpenFailure(worker, failure);
        }
        else if (Plan is { } plan && plan != PlanFacts.Of(report))
        {
            HandleOpenFailure(worker, new Failure(
                FailureKind.Divergence,
                $"workers see different plans: model, data or options differ between {worker} and those before it"));
        }
        else
        {
            Plan ??= PlanFacts.Of(report);
            _openFailures = 0;
            _roster.Set(member with { HeldBytes = report.HeldBytes });
            _roster.Move(member.Key, WorkerStage.Ready);
            Note(RunEventKind.WorkerOpened, $"{worker} has loaded model and data on {member.Silo}, device {member.Device}");
        }
    }

    private void HandleOpenFailure(string worker, Failure failure)
    {
        Drop(worker);
        Note(RunEventKind.WorkerRefused, Told(worker, "could not open", failure));
        if (failure.Kind == FailureKind.Lost)
        {
            return;
        }

        _openFailures++;
        var isHopeless = failure.Kind is FailureKind.UserInput or FailureKind.Divergence || _openFailures >= _policy.AttemptLimit;
        if (isHopeless && View is null)
        {
            End(RunPhase.Failed, failure);
        }
    }
}
