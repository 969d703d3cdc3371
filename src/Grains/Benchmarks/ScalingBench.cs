using System.Diagnostics;

namespace NSft.Grains.Benchmarks;

/// <summary>What a step costs the coordinator: its state machine with the messages of many workers that compute nothing.</summary>
/// <remarks>
/// Workers answer at once with reports of the size that real ones have: sums of their shards, block sums of the range that they own,
/// maxima of all slices. Sending is counted as building the messages; the wire is not.
/// </remarks>
public static class ScalingBench
{
    private const int WarmSteps = 20;
    private const int CompilingSteps = 2000;

    /// <summary>Times empty steps.</summary>
    /// <param name="workers">Workers of the run.</param>
    /// <param name="elements">Elements of the model that reports are sized for.</param>
    /// <param name="steps">Steps to time.</param>
    public static ScalingTiming Run(int workers, long elements, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Compile();
        var crew = new ScalingCrew(workers, elements, WarmSteps + steps + 2);
        var opening = Stopwatch.StartNew();
        crew.Open();
        opening.Stop();
        crew.RunSteps(WarmSteps);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var seconds = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            var watch = Stopwatch.StartNew();
            crew.RunSteps(1);
            seconds[step] = watch.Elapsed.TotalMicroseconds;
        }

        Array.Sort(seconds);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / steps;
        var changing = Stopwatch.StartNew();
        crew.LoseOne();
        changing.Stop();
        return new ScalingTiming(
            workers, elements, seconds[steps / 2], allocated, changing.Elapsed.TotalMicroseconds, opening.Elapsed.TotalMicroseconds);
    }

    /// <summary>A small run first, so that what is timed is compiled.</summary>
    private static void Compile()
    {
        var crew = new ScalingCrew(16, 1 << 20, CompilingSteps + 2);
        crew.Open();
        crew.RunSteps(CompilingSteps / 2);
        crew.LoseOne();
        crew.RunSteps((CompilingSteps / 2) - 1);
    }
}
