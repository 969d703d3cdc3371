using NSft.Collectives;

namespace NSft.Training.Checkpoints;

/// <summary>Takes weights and moments of a few elements.</summary>
/// <param name="range">Elements of the flat vector.</param>
/// <param name="source">Float32 weights, then first moments, then second moments.</param>
public delegate void StateWriter(ElementRange range, ReadOnlySpan<byte> source);
