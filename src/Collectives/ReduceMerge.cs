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

            for (int slice = 0; slice < merged.Length; slice++)
            {
                merged[slice] = Math.Max(merged[slice], maxima[slice]);
            }
        }

        return ExponentPolicy.Choose(merged, dataBits, ExponentPolicy.MarginBits);
    }
}
