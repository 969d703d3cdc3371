using NSft.Grains.Contracts.Messages;
using NSft.Grains.Instruments;

namespace NSft.Grains.Run;

/// <summary>What losses, failures and deadlines do.</summary>
internal sealed partial class RunStateMachine
{
    private int _failingStep = -1;
    private int _failuresInStep;

    /// <summary>The silo's workers are gone with it.</summary>
    private void HandleSiloLost(string silo)
    {
        var lost = _roster.OnSilo(silo);
        foreach (var member in lost)
        {
            Note(RunEventKind.WorkerLost, $"{member.Key} is lost with its silo {silo}", DeathReason.SiloLost);
            _roster.Remove(member.Key);
        }

        OnRemoved([.. lost.Select(member => member.Key)], DiscardReason.WorkerLost);
    }

    /// <summary>A worker could not do what it was asked: it leaves, and the others go on without it.</summary>
    private void Lose(string worker, Failure failure)
    {
        switch (failure.Kind)
        {
            case FailureKind.Superseded:
                Abdicate();
                return;
            case FailureKind.UserInput:
                End(RunPhase.Failed, failure);
                return;
            case FailureKind.Lost:
                break;
            default:
                if (CommittedSteps > _failingStep)
                {
                    // A step that was reached again after going back keeps its count.
                    (_failingStep, _failuresInStep) = (CommittedSteps, 0);
                }

                if (++_failuresInStep >= _policy.AttemptLimit)
                {
                    End(RunPhase.Failed, failure);
                    return;
                }

                break;
        }

        Note(RunEventKind.WorkerLost, Told(worker, "is lost", failure), DeathOf(failure));
        Drop(worker);
        OnRemoved([worker], failure.Kind == FailureKind.Lost ? DiscardReason.WorkerLost : DiscardReason.WorkerFailed);
    }

    private static string DeathOf(Failure failure) => failure.Kind == FailureKind.Lost ? DeathReason.CallLost : DeathReason.Failed;

    /// <summary>Workers are gone: whatever waits for one of them, or is computed with them, begins anew in another view.</summary>
    private void OnRemoved(IReadOnlyList<string> workers, string reason)
    {
        if (Stage is StageKind.Halting or StageKind.Finishing)
        {
            _awaited.ExceptWith(workers);
            foreach (var worker in workers)
            {
                _halted.Remove(worker);
            }

            if (_awaited.Count == 0)
            {
                ResumeViewChange();
            }
        }
        else if (Stage == StageKind.Restoring)
        {
            foreach (var worker in workers)
            {
                _halted.Remove(worker);
            }
        }
        else if (workers.Any(IsMember) || (Stage == StageKind.Seating && workers.Any(IsSource)))
        {
            ChangeView(reason);
        }
    }

    private void ResumeViewChange()
    {
        if (Stage == StageKind.Halting)
        {
            OnAllHalted();
        }
        else
        {
            PlanView();
        }
    }

    private bool IsSource(string worker) => _viewPlan is not null && _viewPlan.Sources.Any(source => source.Key == worker);

    private void HandleDeadline(long stage)
    {
        if (stage != _stageId)
        {
            return;
        }

        switch (Stage)
        {
            case StageKind.Reducing or StageKind.Committing:
                // Who is to blame is told by what each was waiting for.
                _hasStalled = true;
                ChangeView(DiscardReason.Deadline);
                break;
            case StageKind.Halting or StageKind.Finishing or StageKind.Seating or StageKind.Preparing or StageKind.Exporting:
                EvictAwaited();
                break;
            case StageKind.Saving:
                HandleCheckpointWritten(new RunEvent.CheckpointWritten(CommittedSteps, "it took too long"));
                break;
            default:
                break;
        }
    }

    private void EvictAwaited()
    {
        string[] late = [.. _awaited];

        // A coordinator that was frozen may have been replaced, and must not close the workers of another one.
        Do(new RunCommand.Persist());
        foreach (var worker in late)
        {
            Note(RunEventKind.WorkerEvicted, $"{worker} did not answer in time ({Stage})", DeathReason.Deadline);
            Drop(worker);
        }

        OnRemoved(late, DiscardReason.Deadline);
    }
}
