using System.Security.Cryptography;

namespace NSft.Collectives.Tests;

public class GradientAccumulatorTests
{
    private const int ShardCount = 8;

    [Theory]
    [InlineData(ReductionKind.Exact)]
    [InlineData(ReductionKind.Exact64)]
    public void Reduce_AnyWorkersAndOrder_GivesTheSameBits(ReductionKind kind)
    {
        float[][] shards = SyntheticGradient.Shards(ShardCount, 1);
        string expected = Hash(Reduce(kind, shards, 1));

        Assert.Equal(expected, Hash(Reduce(kind, shards, 2)));
        Assert.Equal(expected, Hash(Reduce(kind, shards, 3)));
        Assert.Equal(expected, Hash(Reduce(kind, [.. shards.Reverse()], 8)));
        Assert.Equal(expected, Hash(Reduce(kind, shards, 11)));
    }

    [Fact]
    public void Reduce_Kinds_StandInTheirOrderOfDistanceToTheFloat64Sum()
    {
        float[][] shards = SyntheticGradient.Shards(ShardCount, 2);
        double exact = Distance(ReductionKind.Exact, shards);
        double exact64 = Distance(ReductionKind.Exact64, shards);
        double single = Distance(ReductionKind.Fp32, shards);
        double brain = Distance(ReductionKind.Bf16, shards);

        Assert.InRange(exact64, 0, 6e-8);
        Assert.InRange(single, exact64 / 2, 3e-7);
        Assert.InRange(exact, 0, 1e-6);
        Assert.InRange(brain, 1e-3, 1e-2);
    }

    [Fact]
    public void Reduce_Float32_DependsOnTheNumberOfWorkers()
    {
        float[][] shards = SyntheticGradient.Shards(ShardCount, 3);

        Assert.NotEqual(Hash(Reduce(ReductionKind.Fp32, shards, 1)), Hash(Reduce(ReductionKind.Fp32, shards, 3)));
    }

    [Fact]
    public void Add_GradientThatGrewPastTheMargin_OverflowsAndTheMeasuredExponentsFit()
    {
        float[][] shards = SyntheticGradient.Shards(ShardCount, 4);
        int bits = FixedPoint.DataBits(ShardCount);
        float[] old = [.. SyntheticGradient.Layout.Slices.Select(slice => Maximum(shards, slice) / 40)];
        int[] stale = ExponentPolicy.Choose(old, bits, ExponentPolicy.MarginBits);
        int[] fresh = SyntheticGradient.Exponents(shards, bits);

        Assert.Contains(Sum(stale, shards), seen => seen.Overflowed);
        Assert.DoesNotContain(Sum(fresh, shards), seen => seen.Overflowed);
    }

    [Fact]
    public void AddPartial_WrongByteCount_Throws()
    {
        using GradientAccumulator sum = GradientAccumulator.Create(ReductionKind.Exact, SyntheticGradient.Layout, 2);

        Assert.Throws<ArgumentException>(() => sum.AddPartial(new ElementRange(0, 4), new byte[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sum.AddPartial(new ElementRange(SyntheticGradient.Layout.Length - 1, 4), new byte[16]));
    }

    [Theory]
    [InlineData(1f, 0x3f80)]
    [InlineData(1.00390625f, 0x3f80)]
    [InlineData(1.01171875f, 0x3f82)]
    [InlineData(-3.3895314e38f, 0xff7f)]
    [InlineData(float.NaN, 0xffc0)]
    public void Bf16_Rounds_HalfToEven(float value, int expected) =>
        Assert.Equal((ushort)expected, Bf16Accumulator.Round(value));

    private static List<SliceMagnitude> Sum(int[] exponents, float[][] shards)
    {
        using GradientAccumulator sum = GradientAccumulator.Create(ReductionKind.Exact, SyntheticGradient.Layout, ShardCount);
        return [.. shards.SelectMany(shard => AddShard(sum, shard, exponents))];
    }

    private static List<SliceMagnitude> AddShard(GradientAccumulator sum, float[] shard, int[] exponents)
    {
        var seen = new List<SliceMagnitude>();
        for (int i = 0; i < exponents.Length; i++)
        {
            GradientSlice slice = SyntheticGradient.Layout.Slices[i];
            seen.Add(sum.Add(i, shard.AsSpan((int)slice.Offset, slice.Length), exponents[i]));
        }

        return seen;
    }

    private static double Distance(ReductionKind kind, float[][] shards)
    {
        float[] reduced = Reduce(kind, shards, 2);
        double error = 0;
        double size = 0;
        for (int i = 0; i < reduced.Length; i++)
        {
            double truth = shards.Sum(shard => (double)shard[i]);
            error += (reduced[i] - truth) * (reduced[i] - truth);
            size += truth * truth;
        }

        return Math.Sqrt(error / size);
    }

    /// <summary>A whole all-reduce by hand: shards to workers, chunks to owners, totals back; all workers must end equal.</summary>
    private static float[] Reduce(ReductionKind kind, float[][] shards, int workers)
    {
        GradientLayout layout = SyntheticGradient.Layout;
        GradientAccumulator[] sums = [.. Enumerable.Range(0, workers).Select(_ => GradientAccumulator.Create(kind, layout, ShardCount))];
        int[] exponents = sums[0].DataBits == 0 ? new int[layout.Slices.Count] : SyntheticGradient.Exponents(shards, sums[0].DataBits);
        for (int worker = 0; worker < workers; worker++)
        {
            ShardRange range = ShardPlan.Range(shards.Length, workers, worker);
            for (int shard = range.First; shard < range.End; shard++)
            {
                AddShard(sums[worker], shards[shard], exponents);
            }
        }

        Exchange(ReducePlan.Create(layout, workers, sums[0].BytesPerElement, 100_000), sums);
        float[][] results = [.. sums.Select(sum => ReadAll(sum, exponents))];
        Assert.All(results, result => Assert.Equal(Hash(results[0]), Hash(result)));
        Array.ForEach(sums, sum => sum.Dispose());
        return results[0];
    }

    private static void Exchange(ReducePlan plan, GradientAccumulator[] sums)
    {
        for (int owner = 0; owner < sums.Length; owner++)
        {
            foreach (ReduceChunk chunk in plan.Chunks(owner))
            {
                var wire = new byte[chunk.Range.Length * sums[owner].BytesPerElement];
                foreach (GradientAccumulator peer in sums.Where(peer => peer != sums[owner]))
                {
                    peer.CopyTo(chunk.Range, wire);
                    sums[owner].AddPartial(chunk.Range, wire);
                }

                sums[owner].CopyTo(chunk.Range, wire);
                Array.ForEach(sums, sum => sum.SetReduced(chunk.Range, wire));
            }
        }
    }

    private static float[] ReadAll(GradientAccumulator sum, int[] exponents)
    {
        var values = new float[sum.Layout.Length];
        for (int i = 0; i < exponents.Length; i++)
        {
            GradientSlice slice = sum.Layout.Slices[i];
            sum.Read(i, exponents[i], values.AsSpan((int)slice.Offset, slice.Length));
        }

        return values;
    }

    private static float Maximum(float[][] shards, GradientSlice slice) =>
        shards.Max(shard => FixedPoint.Measure(shard.AsSpan((int)slice.Offset, slice.Length)).Maximum);

    private static string Hash(float[] values) =>
        Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values)));
}
