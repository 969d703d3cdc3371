using System.Runtime.InteropServices;

namespace NSft.Collectives.Tests;

public class FixedPointTests
{
    [Theory]
    [InlineData(1, 30)]
    [InlineData(7, 28)]
    [InlineData(8, 27)]
    [InlineData(16, 26)]
    [InlineData(127, 24)]
    public void DataBits_ShardCount_KeepsTheWorstSumBelow31Bits(int shards, int bits)
    {
        Assert.Equal(bits, FixedPoint.DataBits(shards));
        Assert.True(shards * (1L << bits) < 1L << 31);
        Assert.True(shards * (1L << (bits + 1)) >= 1L << 31);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    public void DataBits_ShardCountOutOfRange_Throws(int shards) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FixedPoint.DataBits(shards));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1031)]
    public void Accumulate_AnyLength_AgreesWithTheScalarLoop(int length)
    {
        var random = new Random(length);
        float[] gradient = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-40, 20))))];
        var vector = new int[length];
        var scalar = new int[length];

        SliceMagnitude seen = FixedPoint.Accumulate(gradient, vector, 8, 28);
        int bits = FixedPoint.AccumulateScalar(gradient, scalar, FixedPoint.PowerOfTwo(8));

        Assert.Equal(scalar, vector);
        Assert.Equal(gradient.Max(MathF.Abs), seen.Maximum);
        Assert.Equal(BitConverter.SingleToInt32Bits(seen.Maximum), bits);
        Assert.Equal(seen, FixedPoint.Judge(bits, 8, 28));
    }

    [Fact]
    public void Accumulate_Halves_RoundToEvenInVectorAndTail()
    {
        float[] gradient = [0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 3.5f, 4.5f, 0.5f, 1.5f, -2.5f];
        var sums = new int[gradient.Length];

        FixedPoint.Accumulate(gradient, sums, 0, 24);

        Assert.Equal([0, 2, 2, 0, -2, -2, 4, 4, 0, 2, -2], sums);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void Accumulate_ValueAboveTheLimit_IsAnOverflow(int position)
    {
        var gradient = new float[9];
        gradient[position] = 16f;

        Assert.False(FixedPoint.Accumulate(gradient, new int[9], 20, 24).Overflowed);
        gradient[position] = MathF.BitIncrement(16f);
        Assert.True(FixedPoint.Accumulate(gradient, new int[9], 20, 24).Overflowed);
        gradient[position] = -17f;
        Assert.True(FixedPoint.Accumulate(gradient, new int[9], 20, 24).Overflowed);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NaN, 8)]
    [InlineData(float.PositiveInfinity, 3)]
    [InlineData(float.NegativeInfinity, 8)]
    public void Accumulate_NonFiniteValue_IsReported(float value, int position)
    {
        float[] gradient = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        gradient[position] = value;

        SliceMagnitude seen = FixedPoint.Accumulate(gradient, new int[9], 0, 24);
        SliceMagnitude seen64 = FixedPoint64.Accumulate(gradient, new long[9], 0);

        Assert.False(seen.IsFinite);
        Assert.True(seen.Overflowed);
        Assert.False(seen64.IsFinite);
        Assert.False(FixedPoint.Measure(gradient).IsFinite);
    }

    [Fact]
    public void Accumulate_DenormalGradient_SurvivesItsOwnExponent()
    {
        float[] gradient = [1e-40f, -2e-40f, 0, 0, 0, 0, 0, 0, 1e-40f];
        int exponent = ExponentPolicy.ForMaximum(2e-40f, 20);
        var sums = new int[9];

        SliceMagnitude seen = FixedPoint.Accumulate(gradient, sums, exponent, 24);

        Assert.Equal(FixedPoint.MaxExponent, exponent);
        Assert.False(seen.Overflowed);
        Assert.Equal(2e-40f, seen.Maximum);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    [Fact]
    public void Dequantize_AfterAccumulate_IsWithinHalfAStep()
    {
        float[] gradient = [.. Enumerable.Range(0, 37).Select(i => MathF.Sin(i) * 0.01f)];
        var sums = new int[37];
        var restored = new float[37];

        FixedPoint.Accumulate(gradient, sums, 30, 24);
        FixedPoint.Dequantize(sums, restored, 30);

        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.InRange(restored[i] - gradient[i], -0.5 * Math.ScaleB(1, -30), 0.5 * Math.ScaleB(1, -30));
        }
    }

    [Fact]
    public void Dequantize_LargeSums_RoundAlikeInVectorAndTail()
    {
        int[] sums = [int.MaxValue, int.MinValue + 1, 16777217, 16777219, -16777217, 33554433, 1, 0, int.MaxValue, 16777217, 16777219];
        var values = new float[sums.Length];

        FixedPoint.Dequantize(sums, values, 3);

        Assert.Equal([.. sums.Select(sum => (float)sum / 8)], values);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1030)]
    public void Accumulate64_AnyLength_AgreesWithTheScalarLoop(int length)
    {
        var random = new Random(length);
        float[] gradient = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-30, 2))))];
        var vector = new long[length];
        var scalar = new long[length];

        FixedPoint64.Accumulate(gradient, vector, 44);
        FixedPoint64.AccumulateScalar(gradient, scalar, Math.ScaleB(1, 44));

        Assert.Equal(scalar, vector);
        Assert.Equal([.. gradient.Select(value => (long)Math.Round(value * Math.ScaleB(1, 44)))], vector);
    }

    [Fact]
    public void Spans_OfDifferentLength_Throw()
    {
        Assert.Throws<ArgumentException>(() => FixedPoint.Accumulate(new float[3], new int[4], 0, 24));
        Assert.Throws<ArgumentException>(() => FixedPoint.Dequantize(new int[3], new float[4], 0));
        Assert.Throws<ArgumentException>(() => FixedPoint64.Accumulate(new float[3], new long[4], 0));
        Assert.Throws<ArgumentException>(() => FixedPoint.Add<int>(new int[3], new int[4]));
    }

    [Fact]
    public void CopyTo_ThenReading_UsesLittleEndianElements()
    {
        GradientLayout layout = GradientLayout.Create([("a", 3)]);
        using GradientAccumulator sum = GradientAccumulator.Create(ReductionKind.Exact, layout, 1);
        sum.Add(0, [1f, -1f, 258f], 0);
        var wire = new byte[12];

        sum.CopyTo(new ElementRange(0, 3), wire);

        Assert.Equal([1, -1, 258], MemoryMarshal.Cast<byte, int>(wire).ToArray());
        Assert.Equal([1, 0, 0, 0, 255, 255, 255, 255, 2, 1, 0, 0], wire);
    }
}
