namespace NSft.Collectives;

/// <summary>One message's worth of the flat vector.</summary>
/// <param name="Owner">Index of the worker that sums it.</param>
/// <param name="Index">Position among the owner's chunks, from 0.</param>
/// <param name="Range">Elements.</param>
public readonly record struct ReduceChunk(int Owner, int Index, ElementRange Range);
