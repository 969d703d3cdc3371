using System.Diagnostics;
using NSft.Collectives;
using static TorchSharp.torch;

namespace NSft.Benches;

/// <summary>Adding a shard's gradient into the exact sum, with its checks, beside libtorch's plain float32 addition in place.</summary>
internal static class ReductionBench
{
    private const int Length = 1 << 24;
    private const int ShardCount = 16;
    private const int RepeatCount = 15;

    /// <summary>Times both additions over 64 MB of gradient, alternating.</summary>
    public static BenchResult Run()
    {
        GradientLayout layout = GradientLayout.Create([("gradient", (long)Length)]);
        using GradientAccumulator exact = GradientAccumulator.Create(ReductionKind.Exact, layout, ShardCount);
        float[] gradient = Gradient();
        using Tensor plain = zeros(Length);
        using Tensor addend = tensor(gradient);
        int[] exponents = ExponentPolicy.Choose(
            [.. layout.Slices.Select(slice => FixedPoint.Measure(gradient.AsSpan((int)slice.Offset, slice.Length)).Maximum)],
            exact.DataBits,
            ExponentPolicy.MarginBits);
        var own = new List<double>();
        var peer = new List<double>();
        for (int repeat = 0; repeat < RepeatCount; repeat++)
        {
            exact.Clear();
            own.Add(Time(exact, layout, gradient, exponents));
            peer.Add(TimeAddition(plain, addend));
        }

        return new BenchResult("MB/s", "libtorch +=", [.. own], [.. peer], Length * 4 / 1e6, "one shard of 64 MB into each sum");
    }

    private static double Time(GradientAccumulator sum, GradientLayout layout, float[] gradient, int[] exponents)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int slice = 0; slice < layout.Slices.Count; slice++)
        {
            GradientSlice part = layout.Slices[slice];
            sum.Add(slice, gradient.AsSpan((int)part.Offset, part.Length), exponents[slice]);
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static double TimeAddition(Tensor sum, Tensor gradient)
    {
        long begin = Stopwatch.GetTimestamp();
        sum.add_(gradient);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static float[] Gradient()
    {
        var random = new Random(1);
        var gradient = new float[Length];
        for (int i = 0; i < Length; i++)
        {
            gradient[i] = (float)((random.NextDouble() - 0.5) * 1e-3);
        }

        return gradient;
    }
}
