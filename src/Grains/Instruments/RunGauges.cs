using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Instruments;

/// <summary>A run as its coordinator reports it. Written on the grain's scheduler, read at scrapes on any thread.</summary>
internal sealed class RunGauges : IDisposable
{
    private readonly TimeProvider _time;
    private readonly IDisposable _registration;
    private volatile RunReading _reading = new();
    private long _progress;
    private long _checkpointed;
    private bool _keepsCheckpoints;

    /// <summary>A run that this process reports from now on.</summary>
    /// <param name="time">The clock.</param>
    internal RunGauges(TimeProvider time)
    {
        _time = time;
        _progress = time.GetTimestamp();
        _registration = RunInstruments.Runs.Add(this);
    }

    /// <summary>What is shown.</summary>
    internal RunReading Reading => _reading;

    /// <summary>Seconds since the run got on: a commit, or another phase.</summary>
    internal double IdleSeconds => Since(ref _progress);

    /// <summary>Seconds since the last whole checkpoint or the beginning; null for a run that keeps none.</summary>
    internal double? CheckpointAgeSeconds => Volatile.Read(ref _keepsCheckpoints) ? Since(ref _checkpointed) : null;

    /// <summary>Shows where the run is.</summary>
    internal void Show(RunReading reading)
    {
        if (reading.Phase != _reading.Phase || reading.CommittedSteps != _reading.CommittedSteps)
        {
            Volatile.Write(ref _progress, _time.GetTimestamp());
        }

        _reading = reading;
    }

    /// <summary>Shows where the run's machine is.</summary>
    /// <param name="phase">The phase that users see.</param>
    /// <param name="machine">The machine.</param>
    internal void Show(RunPhase phase, RunStateMachine machine) => Show(_reading with
    {
        Phase = phase,
        CommittedSteps = machine.CommittedSteps,
        TotalSteps = machine.Plan?.TotalSteps,
        ViewVersion = machine.View?.Version ?? _reading.ViewVersion,
        ViewSize = machine.View?.Seats.Length ?? 0,
        WorkersByStage = machine.WorkersByStage,
        WantedWorkers = machine.WantedWorkers,
    });

    /// <summary>Shows a committed step.</summary>
    internal void Show(StepMessage step) =>
        Show(_reading with { CommittedSteps = step.Step + 1, Loss = step.Loss, GradientNorm = step.GradientNorm, LearningRate = step.LearningRate });

    /// <summary>Shows a checkpoint, if it is whole.</summary>
    internal void Show(RunEvent.CheckpointWritten written, DateTimeOffset now)
    {
        if (written.Problem is null)
        {
            Show(_reading with { CheckpointBytes = written.Bytes });
            ShowCheckpoint(now);
        }
    }

    /// <summary>The run keeps checkpoints, the last one of a moment.</summary>
    /// <param name="last">When it was complete; when the run began, if there is none yet.</param>
    internal void ShowCheckpoint(DateTimeOffset last)
    {
        var age = _time.GetUtcNow() - last;
        var ticks = (long)(Math.Max(0, age.TotalSeconds) * _time.TimestampFrequency);
        Volatile.Write(ref _checkpointed, _time.GetTimestamp() - ticks);
        Volatile.Write(ref _keepsCheckpoints, true);
    }

    /// <summary>The process reports the run no more.</summary>
    public void Dispose() => _registration.Dispose();

    private double Since(ref long timestamp) => _time.GetElapsedTime(Volatile.Read(ref timestamp)).TotalSeconds;
}
