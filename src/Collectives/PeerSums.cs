namespace NSft.Collectives;

/// <summary>A peer's sums of a range, wherever they lie: in a message, or in the peer's own memory.</summary>
internal sealed class PeerSums
{
    private readonly ReadOnlyMemory<byte> _wire;
    private readonly MappedSegment? _segment;
    private readonly long _generation;

    /// <summary>Sums in wire form.</summary>
    /// <param name="wire">Bytes as <see cref="GradientAccumulator.CopyTo"/> writes them.</param>
    internal PeerSums(ReadOnlyMemory<byte> wire)
    {
        _wire = wire;
    }

    /// <summary>Sums in a peer's memory, in the form that the accumulator holds them.</summary>
    /// <param name="segment">The peer's segment; stays open as long as this is used.</param>
    /// <param name="generation">What its content belonged to when the peer told of it.</param>
    internal PeerSums(MappedSegment segment, long generation)
    {
        _segment = segment;
        _generation = generation;
    }

    /// <summary>Whether the bytes are in wire form.</summary>
    internal bool IsWire => _segment is null;

    /// <summary>Whether what was read so far is what the peer told of.</summary>
    internal bool IsIntact => _segment is null || _segment.Generation == _generation;

    /// <summary>Bytes of a part of the range.</summary>
    /// <param name="range">The range that these sums are of.</param>
    /// <param name="part">Elements wanted, inside the range.</param>
    /// <param name="elementBytes">Bytes of one element in this form.</param>
    internal ReadOnlySpan<byte> Window(ElementRange range, ElementRange part, int elementBytes)
    {
        int length = checked((int)(part.Length * elementBytes));
        return _segment is null
            ? _wire.Span.Slice(checked((int)((part.Offset - range.Offset) * elementBytes)), length)
            : _segment.Window(part.Offset * elementBytes, length);
    }
}
