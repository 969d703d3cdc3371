namespace NSft.Collectives;

/// <summary>What one pass over a gradient slice saw.</summary>
/// <param name="Maximum">Largest magnitude; infinity when a value was infinite or not a number.</param>
/// <param name="Overflowed">A value did not fit the exponent: the accumulators hold no sum any more and the step must be redone.</param>
public readonly record struct SliceMagnitude(float Maximum, bool Overflowed)
{
    /// <summary>Every value was finite.</summary>
    public bool IsFinite => float.IsFinite(Maximum);
}
