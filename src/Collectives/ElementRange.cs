namespace NSft.Collectives;

/// <summary>A range of elements of the flat gradient vector.</summary>
/// <param name="Offset">First element.</param>
/// <param name="Length">Number of elements; 0 for an empty range.</param>
public readonly record struct ElementRange(long Offset, long Length)
{
    /// <summary>The element after the last one.</summary>
    public long End => Offset + Length;

    /// <summary>What two ranges share; empty where they share nothing.</summary>
    /// <param name="other">The other range.</param>
    public ElementRange Overlap(ElementRange other)
    {
        long first = Math.Max(Offset, other.Offset);
        return new ElementRange(first, Math.Max(0, Math.Min(End, other.End) - first));
    }
}
