namespace NSft.Collectives;

/// <summary>Chooses the fixed-point exponent of every slice from the magnitudes seen before. Pure: same maxima, same exponents.</summary>
public static class ExponentPolicy
{
    /// <summary>Bits kept free above the largest magnitude of the last committed gradient.</summary>
    public const int MarginBits = 4;

    /// <summary>Bits kept free when the magnitudes are those of the very gradients to be summed.</summary>
    public const int MeasuredMarginBits = 1;

    /// <summary>Exponents with which values up to the maxima, and some bits more, fit the data bits.</summary>
    /// <param name="maxima">Largest magnitude of each slice; finite.</param>
    /// <param name="dataBits">Data bits of one shard's integers.</param>
    /// <param name="marginBits">Bits to keep free.</param>
    /// <returns>One exponent a slice.</returns>
    /// <remarks>
    /// A slice that was silent takes the exponent of the loudest slice, so its first gradient fits unless it is far larger than
    /// anything seen; where all are silent, 1 counts as the largest magnitude. What does not fit is found and the step redone.
    /// </remarks>
    public static int[] Choose(ReadOnlySpan<float> maxima, int dataBits, int marginBits)
    {
        float loudest = 0;
        foreach (float maximum in maxima)
        {
            if (!float.IsFinite(maximum) || maximum < 0)
            {
                throw new ArgumentException($"A slice maximum must be finite and not negative, not {maximum}.", nameof(maxima));
            }

            loudest = Math.Max(loudest, maximum);
        }

        float silent = loudest > 0 ? loudest : 1f;
        var exponents = new int[maxima.Length];
        for (int i = 0; i < maxima.Length; i++)
        {
            exponents[i] = ForMaximum(maxima[i] > 0 ? maxima[i] : silent, dataBits - marginBits);
        }

        return exponents;
    }

    /// <summary>The largest exponent s with maximum * 2^s below 2^bits, clamped to what <see cref="FixedPoint"/> takes.</summary>
    internal static int ForMaximum(float maximum, int bits) =>
        Math.Clamp(bits - 1 - Math.ILogB(maximum), FixedPoint.MinExponent, FixedPoint.MaxExponent);
}
