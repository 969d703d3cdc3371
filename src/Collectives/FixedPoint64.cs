using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NSft.Collectives;

/// <summary>The same fixed-point sums as <see cref="FixedPoint"/> in 64-bit integers.</summary>
/// <remarks>
/// A double whose magnitude is below 2^51 becomes a rounded integer by adding 1.5 * 2^52: the low mantissa bits of the result are
/// the integer, rounded half to even by the addition itself. So |q| is at most 2^50 and 127 shards stay far below 2^63.
/// </remarks>
public static class FixedPoint64
{
    /// <summary>Largest |q| is 2 to the power of this.</summary>
    public const int DataBits = 50;

    private const double Magic = 6755399441055744.0;

    /// <summary>Quantises gradients and adds them to the running sums; see <see cref="FixedPoint.Accumulate"/>.</summary>
    /// <param name="gradient">Values g.</param>
    /// <param name="sums">Running integer sums, same length.</param>
    /// <param name="exponent">s, from <see cref="FixedPoint.MinExponent"/> to <see cref="FixedPoint.MaxExponent"/>.</param>
    /// <returns>Largest |g| and whether it fitted.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static SliceMagnitude Accumulate(ReadOnlySpan<float> gradient, Span<long> sums, int exponent)
    {
        FixedPoint.CheckLengths(gradient.Length, sums.Length);
        double scale = FixedPoint.PowerOfTwo(exponent);
        ReadOnlySpan<Vector128<float>> values = MemoryMarshal.Cast<float, Vector128<float>>(gradient);
        Span<Vector256<long>> totals = MemoryMarshal.Cast<long, Vector256<long>>(sums);
        Vector256<double> magic = Vector256.Create(Magic);
        Vector128<int> mask = Vector128.Create(0x7fffffff);
        Vector128<int> largest = Vector128<int>.Zero;
        for (int i = 0; i < values.Length && i < totals.Length; i++)
        {
            Vector128<float> value = values[i];
            largest = Vector128.Max(largest, value.AsInt32() & mask);
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(value);
            Vector256<double> shifted = (Vector256.Create(low, high) * scale) + magic;
            totals[i] += shifted.AsInt64() - magic.AsInt64();
        }

        int done = values.Length * Vector128<float>.Count;
        int tail = AccumulateScalar(gradient[done..], sums[done..], scale);
        int bits = Math.Max(FixedPoint.LargestLane(Vector256.Create(largest, largest)), tail);
        return FixedPoint.Judge(bits, exponent, DataBits);
    }

    /// <summary>Turns integer sums back into float32, rounding twice at most (to double, then to float32).</summary>
    /// <param name="sums">Integer sums.</param>
    /// <param name="gradient">Receives sums * 2^-s, same length.</param>
    /// <param name="exponent">s of the sums.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Dequantize(ReadOnlySpan<long> sums, Span<float> gradient, int exponent)
    {
        FixedPoint.CheckLengths(gradient.Length, sums.Length);
        double scale = FixedPoint.PowerOfTwo(-exponent);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = (float)(sums[i] * scale);
        }
    }

    /// <summary>The plain loop that the vector loop must agree with; also its tail.</summary>
    /// <returns>Bits of the largest magnitude.</returns>
    internal static int AccumulateScalar(ReadOnlySpan<float> gradient, Span<long> sums, double scale)
    {
        int largest = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            largest = Math.Max(largest, BitConverter.SingleToInt32Bits(gradient[i]) & 0x7fffffff);
            double shifted = (gradient[i] * scale) + Magic;
            sums[i] += BitConverter.DoubleToInt64Bits(shifted) - BitConverter.DoubleToInt64Bits(Magic);
        }

        return largest;
    }
}
