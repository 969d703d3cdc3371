using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Instruments;

/// <summary>Counts what happens in the runs that this process coordinates.</summary>
internal static class RunCounters
{
    /// <summary>Counts a committed step.</summary>
    internal static void Count(StepMessage step)
    {
        StepInstruments.Committed.Add(1);
        StepInstruments.Tokens.Add(step.Tokens);
    }

    /// <summary>Counts an event.</summary>
    internal static void Count(RunCommand.Note note)
    {
        switch (note.Kind)
        {
            case RunEventKind.WorkerOpened: RunInstruments.Joins.Add(1); break;
            case RunEventKind.WorkerDrained: RunInstruments.Drains.Add(1); break;
            case RunEventKind.WorkerLost or RunEventKind.WorkerEvicted: RunInstruments.Deaths.Add(1, note.Reason ?? DeathReason.Failed); break;
            case RunEventKind.StepDiscarded or RunEventKind.StepRedone: StepInstruments.Discarded.Add(1, note.Reason ?? DiscardReason.WorkerFailed); break;
            default: break;
        }
    }

    /// <summary>Counts a run that has ended.</summary>
    internal static void Count(RunPhase end) => RunInstruments.Ended.Add(1, end switch
    {
        RunPhase.Completed => "completed",
        RunPhase.Cancelled => "cancelled",
        _ => "failed",
    });

    /// <summary>Records how a checkpoint went.</summary>
    /// <param name="duration">From the order to the end.</param>
    /// <param name="isWhole">Whether it is complete.</param>
    internal static void CountCheckpoint(TimeSpan duration, bool isWhole)
    {
        if (isWhole)
        {
            CheckpointInstruments.Duration.Record(duration);
        }
        else
        {
            CheckpointInstruments.Failures.Add(1);
        }
    }
}
