using System.Numerics;

namespace NSft.Collectives;

/// <summary>What follows from the owners' parts of a reduced gradient. Pure: the same gradient gives the same bits however it was cut.</summary>
public static class ReduceMerge
{
    /// <summary>The global gradient norm.</summary>
    /// <param name="blockSums">Sums of squares of the blocks of each owner's range, the owners in the order of their ranges.</param>
    public static double Norm(IEnumerable<double[]> blockSums)
    {
        ArgumentNullException.ThrowIfNull(blockSums);
        return BlockNorm.FromBlocks(blockSums.SelectMany(sums => sums).ToArray());
    }

    /// <summary>The exponents that the step after a commit starts with.</summary>
    /// <param name="dataBits">Data bits of the accumulator; 0 for float kinds.</param>
    /// <param name="sliceMaxima">Each owner's largest magnitudes of all slices, 0 outside its range; at least one owner.</param>
    /// <returns>One exponent a slice; null for float kinds, which need none.</returns>
    /// <exception cref="ArgumentException">A maximum is not finite, or the owners disagree on the number of slices.</exception>
    public static int[]? NextExponents(int dataBits, IReadOnlyList<float[]> sliceMaxima)
    {
        ArgumentNullException.ThrowIfNull(sliceMaxima);
        if (dataBits == 0)
        {
            return null;
        }

        float[] merged = [.. sliceMaxima[0]];
        foreach (float[] maxima in sliceMaxima)
        {
            if (maxima.Length != merged.Length)
            {
                throw new ArgumentException($"Maxima of {merged.Length} and of {maxima.Length} slices cannot be merged.", nameof(sliceMaxima));
            }

            RaiseTo(merged, maxima);
        }

        return ExponentPolicy.Choose(merged, dataBits, ExponentPolicy.MarginBits);
    }

    /// <summary>The larger of two values in each place; the coordinator does it for each worker in each step.</summary>
    internal static void RaiseTo(Span<float> merged, ReadOnlySpan<float> values)
    {
        int done = 0;
        for (; done <= merged.Length - Vector<float>.Count; done += Vector<float>.Count)
        {
            Vector.Max(new Vector<float>(merged[done..]), new Vector<float>(values[done..])).CopyTo(merged[done..]);
        }

        for (; done < merged.Length; done++)
        {
            merged[done] = Math.Max(merged[done], values[done]);
        }
    }
}
