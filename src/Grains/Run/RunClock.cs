using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Times of a run: the deadline of the stage, durations of steps, and how long it takes from a loss to the next commit.</summary>
/// <param name="time">The clock.</param>
/// <param name="stepDeadlineSeconds">What the user wants; 0 for automatic.</param>
internal sealed class RunClock(TimeProvider time, double stepDeadlineSeconds)
{
    private readonly StepDeadline _limits = new(stepDeadlineSeconds);
    private long? _stage;
    private long _stageBegin;
    private TimeSpan _limit;
    private long? _stepBegin;
    private long? _lossSeen;

    /// <summary>Time of the step committed last, from its first order in its view; null when it was committed in the change to another one.</summary>
    internal TimeSpan? LastStep { get; private set; }

    /// <summary>A stage begins.</summary>
    internal void Begin(RunCommand.Deadline deadline)
    {
        _stage = deadline.Stage;
        _stageBegin = time.GetTimestamp();
        _limit = _limits.Of(deadline.Kind);
        if (deadline.Kind == StageKind.Preparing)
        {
            _stepBegin ??= _stageBegin;
        }
        else if (deadline.Kind == StageKind.Seating)
        {
            _limits.Renew();
            _stepBegin = null;
        }
    }

    /// <summary>The stage whose deadline has passed, once.</summary>
    internal long? TakePassed()
    {
        if (_stage is not { } stage || time.GetElapsedTime(_stageBegin) < _limit)
        {
            return null;
        }

        _stage = null;
        return stage;
    }

    /// <summary>Something has happened; a loss starts the clock of the recovery.</summary>
    internal void Note(RunEventKind kind)
    {
        if (kind is RunEventKind.WorkerLost or RunEventKind.WorkerEvicted or RunEventKind.CoordinatorRecovered)
        {
            _lossSeen ??= time.GetTimestamp();
        }
    }

    /// <summary>A step was committed.</summary>
    /// <returns>The time since a loss, if this is the first commit after one.</returns>
    internal TimeSpan? CommitStep()
    {
        LastStep = _stepBegin is { } begin ? time.GetElapsedTime(begin) : null;
        if (LastStep is { } duration)
        {
            _limits.Add(duration);
            _stepBegin = null;
        }

        TimeSpan? recovery = _lossSeen is { } seen ? time.GetElapsedTime(seen) : null;
        _lossSeen = null;
        return recovery;
    }
}
