using System.Diagnostics;

namespace NSft.Training.Sessions;

/// <summary>Adds up the time of each phase of a step's first part. One thread; a change of phase reads the host's clock and allocates nothing.</summary>
/// <remarks>Nothing waits for a GPU here: what its kernels take shows where the host waits for them.</remarks>
internal sealed class PhaseClock
{
    private readonly long[] _ticks = new long[Enum.GetValues<StepPhase>().Length];
    private StepPhase _phase;
    private long _since;

    /// <summary>A step begins, with its plan.</summary>
    internal void Begin()
    {
        Array.Clear(_ticks);
        _phase = StepPhase.Plan;
        _since = Stopwatch.GetTimestamp();
    }

    /// <summary>Another phase begins.</summary>
    /// <returns>The one before, to go back to.</returns>
    internal StepPhase Enter(StepPhase phase)
    {
        long now = Stopwatch.GetTimestamp();
        StepPhase before = _phase;
        _ticks[(int)before] += now - _since;
        _phase = phase;
        _since = now;
        return before;
    }

    /// <summary>Ends the step's first part.</summary>
    /// <param name="sampleCount">Samples of the shards that were computed.</param>
    internal PreparedWork End(int sampleCount)
    {
        Enter(StepPhase.Plan);
        return new PreparedWork(sampleCount, Of(StepPhase.Plan), Of(StepPhase.Forward), Of(StepPhase.Backward), Of(StepPhase.Quantise));
    }

    private TimeSpan Of(StepPhase phase) => Stopwatch.GetElapsedTime(0, _ticks[(int)phase]);
}
