using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NSft.Collectives;

/// <summary>
/// Fixed-point gradient sums in 32-bit integers: q = round-half-even(g * 2^s), added into integers, whose sum does not depend on order.
/// </summary>
/// <remarks>
/// Every method gives the same bits with and without vector hardware. The largest magnitude is found in the same pass by comparing
/// the values' bit patterns as integers, where any infinity and any NaN is larger than every finite number.
/// </remarks>
public static class FixedPoint
{
    /// <summary>Smallest exponent used.</summary>
    public const int MinExponent = -96;

    /// <summary>Largest exponent used; 2 to the power of it and its inverse are normal float32 numbers.</summary>
    public const int MaxExponent = 126;

    /// <summary>Most shards of a run: with more, fewer than 24 data bits would be left.</summary>
    public const int MaxShardCount = 127;

    private const int MagnitudeMask = 0x7fffffff;
    private const int InfinityBits = 0x7f800000;

    /// <summary>Data bits of one shard's integers, so that the sum over all shards stays below 2^31.</summary>
    /// <param name="shardCount">Number of values added up, from 1 to <see cref="MaxShardCount"/>.</param>
    /// <returns>b with |q| at most 2^b: 24 for 127 shards, 27 for 8.</returns>
    public static int DataBits(int shardCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shardCount, MaxShardCount);
        return 31 - CeilingLog2(shardCount + 1);
    }

    /// <summary>2 to the power of an exponent, exactly.</summary>
    /// <param name="exponent">From -126 to 127.</param>
    public static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + 127) << 23);

    /// <summary>Quantises gradients and adds them to the running sums, in one pass.</summary>
    /// <param name="gradient">Values g.</param>
    /// <param name="sums">Running integer sums, same length.</param>
    /// <param name="exponent">s, from <see cref="MinExponent"/> to <see cref="MaxExponent"/>.</param>
    /// <param name="dataBits">b from <see cref="DataBits"/>: larger |q| than 2^b is an overflow.</param>
    /// <returns>Largest |g| and whether it fitted; after an overflow or a non-finite value the sums mean nothing.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static SliceMagnitude Accumulate(ReadOnlySpan<float> gradient, Span<int> sums, int exponent, int dataBits)
    {
        CheckLengths(gradient.Length, sums.Length);
        float scale = PowerOfTwo(exponent);
        ReadOnlySpan<Vector256<float>> values = MemoryMarshal.Cast<float, Vector256<float>>(gradient);
        Span<Vector256<int>> totals = MemoryMarshal.Cast<int, Vector256<int>>(sums);
        Vector256<int> mask = Vector256.Create(MagnitudeMask);
        Vector256<int> largest = Vector256<int>.Zero;
        for (int i = 0; i < values.Length && i < totals.Length; i++)
        {
            Vector256<float> value = values[i];
            largest = Vector256.Max(largest, value.AsInt32() & mask);
            totals[i] += Vector256.ConvertToInt32(Vector256.Round(value * scale));
        }

        int done = values.Length * Vector256<float>.Count;
        int tail = AccumulateScalar(gradient[done..], sums[done..], scale);
        return Judge(Math.Max(LargestLane(largest), tail), exponent, dataBits);
    }

    /// <summary>Largest magnitude of a slice.</summary>
    /// <param name="gradient">Values g.</param>
    /// <returns>Largest |g|; infinity when a value was not finite. Never an overflow.</returns>
    public static SliceMagnitude Measure(ReadOnlySpan<float> gradient)
    {
        ReadOnlySpan<Vector256<int>> values = MemoryMarshal.Cast<float, Vector256<int>>(gradient);
        Vector256<int> mask = Vector256.Create(MagnitudeMask);
        Vector256<int> largest = Vector256<int>.Zero;
        foreach (Vector256<int> value in values)
        {
            largest = Vector256.Max(largest, value & mask);
        }

        int bits = LargestLane(largest);
        foreach (float value in gradient[(values.Length * Vector256<float>.Count)..])
        {
            bits = Math.Max(bits, BitConverter.SingleToInt32Bits(value) & MagnitudeMask);
        }

        return new SliceMagnitude(ToMaximum(bits), false);
    }

    /// <summary>Turns integer sums back into float32: each sum rounded once to float32, then scaled exactly.</summary>
    /// <param name="sums">Integer sums.</param>
    /// <param name="gradient">Receives sums * 2^-s, same length.</param>
    /// <param name="exponent">s of the sums.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Dequantize(ReadOnlySpan<int> sums, Span<float> gradient, int exponent)
    {
        CheckLengths(gradient.Length, sums.Length);
        float scale = PowerOfTwo(-exponent);
        ReadOnlySpan<Vector256<int>> totals = MemoryMarshal.Cast<int, Vector256<int>>(sums);
        Span<Vector256<float>> values = MemoryMarshal.Cast<float, Vector256<float>>(gradient);
        for (int i = 0; i < values.Length && i < totals.Length; i++)
        {
            values[i] = Vector256.ConvertToSingle(totals[i]) * scale;
        }

        for (int i = values.Length * Vector256<float>.Count; i < gradient.Length; i++)
        {
            gradient[i] = sums[i] * scale;
        }
    }

    /// <summary>Adds a peer's integer sums to ours.</summary>
    /// <param name="peer">Integer sums of a peer.</param>
    /// <param name="sums">Our sums, same length.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Add<T>(ReadOnlySpan<T> peer, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        CheckLengths(peer.Length, sums.Length);
        ReadOnlySpan<Vector256<T>> values = MemoryMarshal.Cast<T, Vector256<T>>(peer);
        Span<Vector256<T>> totals = MemoryMarshal.Cast<T, Vector256<T>>(sums);
        for (int i = 0; i < values.Length && i < totals.Length; i++)
        {
            totals[i] += values[i];
        }

        for (int i = values.Length * Vector256<T>.Count; i < sums.Length; i++)
        {
            sums[i] += peer[i];
        }
    }

    /// <summary>The smallest b with 2^b at least the value.</summary>
    internal static int CeilingLog2(int value) => 32 - BitOperations.LeadingZeroCount((uint)(value - 1));

    /// <summary>The plain loop that the vector loop must agree with; also its tail.</summary>
    /// <returns>Bits of the largest magnitude.</returns>
    internal static int AccumulateScalar(ReadOnlySpan<float> gradient, Span<int> sums, float scale)
    {
        int largest = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            largest = Math.Max(largest, BitConverter.SingleToInt32Bits(gradient[i]) & MagnitudeMask);
            sums[i] += (int)MathF.Round(gradient[i] * scale, MidpointRounding.ToEven);
        }

        return largest;
    }

    /// <summary>Turns the bits of the largest magnitude into the pass's outcome.</summary>
    internal static SliceMagnitude Judge(int largestBits, int exponent, int dataBits)
    {
        float maximum = ToMaximum(largestBits);
        bool fits = maximum * (double)PowerOfTwo(exponent) <= Math.ScaleB(1.0, dataBits);
        return new SliceMagnitude(maximum, !fits);
    }

    internal static int LargestLane(Vector256<int> lanes)
    {
        int largest = 0;
        for (int lane = 0; lane < Vector256<int>.Count; lane++)
        {
            largest = Math.Max(largest, lanes[lane]);
        }

        return largest;
    }

    internal static void CheckLengths(int gradient, int sums)
    {
        if (gradient != sums)
        {
            throw new ArgumentException($"Spans differ in length: {gradient} and {sums}.", nameof(sums));
        }
    }

    private static float ToMaximum(int largestBits) =>
        largestBits >= InfinityBits ? float.PositiveInfinity : BitConverter.Int32BitsToSingle(largestBits);
}
