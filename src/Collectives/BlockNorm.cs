using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NSft.Collectives;

/// <summary>The global gradient norm: float64 sums of squares of fixed blocks, added in block order, so that it has the same bits everywhere.</summary>
public static class BlockNorm
{
    /// <summary>Sum of squares of one block, in four float64 lanes that are added at the end in lane order.</summary>
    /// <param name="block">Values.</param>
    public static double SumOfSquares(ReadOnlySpan<float> block)
    {
        ReadOnlySpan<Vector128<float>> values = MemoryMarshal.Cast<float, Vector128<float>>(block);
        Vector256<double> lanes = Vector256<double>.Zero;
        foreach (Vector128<float> value in values)
        {
            (Vector128<double> low, Vector128<double> high) = Vector128.Widen(value);
            Vector256<double> wide = Vector256.Create(low, high);
            lanes += wide * wide;
        }

        double sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
        foreach (float value in block[(values.Length * Vector128<float>.Count)..])
        {
            sum += (double)value * value;
        }

        return sum;
    }

    /// <summary>The norm of a vector from the sums of squares of its blocks.</summary>
    /// <param name="blockSums">One sum a block, in block order.</param>
    public static double FromBlocks(ReadOnlySpan<double> blockSums)
    {
        double total = 0;
        foreach (double sum in blockSums)
        {
            total += sum;
        }

        return Math.Sqrt(total);
    }
}
