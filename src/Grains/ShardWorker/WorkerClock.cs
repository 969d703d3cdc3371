using System.Diagnostics;
using NSft.Grains.Instruments;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>A worker's times of the try in flight, recorded when the step is committed: tries that came to nothing are not in the phases.</summary>
internal sealed class WorkerClock : IDisposable
{
    private readonly ReduceGauge _gauge = new();
    private PreparedWork _work;
    private long _prepared;
    private long _voted;
    private long _committing;

    /// <summary>The worker's gradient is complete. On its thread, before what follows it.</summary>
    internal void Prepared(PreparedWork work)
    {
        _work = work;
        _prepared = Stopwatch.GetTimestamp();
    }

    /// <summary>The exchange has ended, and the vote follows.</summary>
    internal void Reduced(GradientExchange exchange)
    {
        _voted = Stopwatch.GetTimestamp();
        _gauge.Show(exchange.GivenBytes, exchange.Duration.TotalSeconds);
    }

    /// <summary>The commit has come.</summary>
    internal void Committing() => _committing = Stopwatch.GetTimestamp();

    /// <summary>The step is applied.</summary>
    /// <param name="isWhole">Whether it took its usual course, and the worker computed a part of it.</param>
    internal void Committed(bool isWhole)
    {
        var work = _work;
        _work = default;
        StepInstruments.Samples.Add(work.SampleCount);
        if (!isWhole || work.SampleCount == 0)
        {
            return;
        }

        var duration = StepInstruments.Duration;
        duration.Record(work.Plan, StepInstruments.Plan);
        duration.Record(work.Forward, StepInstruments.Forward);
        duration.Record(work.Backward, StepInstruments.Backward);
        duration.Record(work.Quantise, StepInstruments.Quantise);
        duration.Record(Stopwatch.GetElapsedTime(_prepared, _voted), StepInstruments.Reduce);
        duration.Record(Stopwatch.GetElapsedTime(_voted, _committing), StepInstruments.Vote);
        duration.Record(Stopwatch.GetElapsedTime(_committing), StepInstruments.Commit);
    }

    /// <summary>The worker is let go.</summary>
    public void Dispose() => _gauge.Dispose();
}
