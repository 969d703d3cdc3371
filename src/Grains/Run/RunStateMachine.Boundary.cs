using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>What happens between steps.</summary>
internal sealed partial class RunStateMachine
{
    private bool _isRestored;
    private bool _isCheckpointing;

    private bool IsMember(string worker) => View is not null && View.Seats.Any(seat => seat.Key == worker);

    private string[] Seated => View is null ? [] : [.. View.Seats.Select(seat => seat.Key)];

    private string[] Active => View is null ? [] : [.. View.Seats.Where(seat => !seat.IsPassive).Select(seat => seat.Key)];

    /// <summary>Goes on from a boundary as far as it can without an answer.</summary>
    private void Drive()
    {
        if (Stage != StageKind.Boundary || Phase == RunPhase.None || _isYielding)
        {
            return;
        }

        TrimToTarget();
        if (NeedsSaving())
        {
            Enter(StageKind.Saving, []);
            BeginCheckpoint();
        }
        else if (WantsNewView())
        {
            ChangeView();
        }
        else
        {
            DriveSteps();
        }
    }

    private void DriveSteps()
    {
        if (Active.Length == 0 || Active.Length < _policy.MinWorkers)
        {
            SetPhase(View is null && CommittedSteps == 0 && _version == 0 ? RunPhase.Opening : RunPhase.Waiting);
        }
        else if (_isPaused)
        {
            SetPhase(RunPhase.Paused);
        }
        else if (CommittedSteps == Plan!.TotalSteps)
        {
            SetPhase(RunPhase.Exporting);
            Enter(StageKind.Exporting, Active);
            _exports.Clear();
            Do(new RunCommand.Export(Active, _version));
        }
        else
        {
            SetPhase(RunPhase.Running);
            if (IsCheckpointDue())
            {
                BeginCheckpoint();
            }

            BeginStep();
        }
    }

    /// <summary>More workers than wanted: the newest leave, those that are not active yet first.</summary>
    private void TrimToTarget()
    {
        if (_roster.StayingCount <= TargetWorkers)
        {
            return;
        }

        var staying = _roster.All.Where(member => member.Stage != WorkerStage.Draining).ToList();
        foreach (var member in staying.OrderBy(member => member.Stage).ThenByDescending(member => member.Key, StringComparer.Ordinal).Take(staying.Count - TargetWorkers))
        {
            _roster.Drain(member.Key);
        }
    }

    private bool WantsNewView()
    {
        // One that is in no view can go at once.
        List<RosterMember> leavers = _roster.Count(WorkerStage.Draining) == 0 ? [] : [.. _roster.All.Where(member => member.Stage == WorkerStage.Draining)];
        foreach (var member in leavers.Where(member => !IsMember(member.Key)))
        {
            Note(RunEventKind.WorkerDrained, $"{member.Key} has left before it took part");
            Drop(member.Key);
        }

        if (View is null)
        {
            return CanBegin();
        }

        return _roster.Count(WorkerStage.Draining) > 0
            || (_roster.Count(WorkerStage.Ready) + _roster.Count(WorkerStage.Joining) > 0 && _roster.All.Any(member =>
                (member.Stage == WorkerStage.Ready && !IsMember(member.Key)) || (member.Stage == WorkerStage.Joining && member.IsSynced)));
    }

    /// <summary>The first view waits for all workers that can be had, so that a run does not start with a string of joins.</summary>
    private bool CanBegin()
    {
        return _roster.Count(WorkerStage.Ready) >= Math.Max(1, _policy.MinWorkers) && _roster.Count(WorkerStage.Opening) == 0 && (WantedWorkers == 0 || _isFleetExhausted);
    }

    /// <summary>The last workers that have the state are about to leave: it is written before.</summary>
    private bool NeedsSaving() =>
        _policy.KeepsCheckpoints
        && CommittedSteps > 0
        && LastCheckpointStep != CommittedSteps
        && Active.Length > 0
        && Active.All(key => _roster.Find(key) is null or { Stage: WorkerStage.Draining })
        && Active.Any(key => _roster.Find(key) is not null);

    private bool IsCheckpointDue() =>
        _policy is { KeepsCheckpoints: true, CheckpointEvery: > 0 }
        && CommittedSteps > 0
        && CommittedSteps % _policy.CheckpointEvery == 0
        && LastCheckpointStep != CommittedSteps
        && !_isCheckpointing;

    private void BeginCheckpoint()
    {
        _isCheckpointing = true;
        Do(new RunCommand.WriteCheckpoint(Active, _version, CommittedSteps, _exponents));
    }

    private void HandleCheckpointWritten(RunEvent.CheckpointWritten written)
    {
        _isCheckpointing = false;
        if (written.Problem is null)
        {
            LastCheckpointStep = written.Step;
            Note(RunEventKind.CheckpointWritten, $"the checkpoint after {written.Step} steps is complete");
            if (written.Leftovers is { } problem)
            {
                Note(RunEventKind.CheckpointDamaged, $"older checkpoints could not be removed: {problem}");
            }

            Do(new RunCommand.Persist());
        }
        else
        {
            Note(RunEventKind.CheckpointDamaged, $"the checkpoint after {written.Step} steps could not be written: {written.Problem}");
        }

        if (Stage == StageKind.Saving && written.Step == CommittedSteps)
        {
            // Written or not, the workers leave: their silo does not wait for ever.
            ChangeView();
        }
    }

    private void SetPhase(RunPhase phase)
    {
        if (Phase == phase)
        {
            return;
        }

        Phase = phase;
        if (phase == RunPhase.Waiting)
        {
            Note(RunEventKind.Waiting, $"the run waits: {Active.Length} of at least {Math.Max(1, _policy.MinWorkers)} workers are there");
        }
        else if (phase == RunPhase.Exporting)
        {
            Note(RunEventKind.Exporting, $"all {CommittedSteps} steps are committed; the result is being written");
        }

        Do(new RunCommand.Persist());
    }
}
