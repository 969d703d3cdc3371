using NSft.Collectives;

namespace NSft.Training.Optimization;

/// <summary>AdamW's first and second moments of the flat vector, in blocks of which only those in use have memory.</summary>
/// <remarks>Elements that were never written are zero and take no memory. Not thread-safe.</remarks>
/// <param name="layout">Layout of the flat vector; a block is one of its norm blocks.</param>
internal sealed class MomentStore(GradientLayout layout) : IDisposable
{
    /// <summary>Bytes of both moments of one element.</summary>
    internal const int BytesPerElement = 2 * sizeof(float);

    // One buffer a block: all first moments, then all second moments.
    private readonly NativeBuffer<float>?[] _blocks = new NativeBuffer<float>?[layout.BlockCount];

    /// <summary>Bytes of the blocks that were touched.</summary>
    internal long AllocatedBytes => _blocks.Sum(block => (block?.Length ?? 0) * sizeof(float));

    /// <summary>First moments of elements of one block.</summary>
    internal Span<float> First(ElementRange range) => Window(range, 0);

    /// <summary>Second moments of elements of one block.</summary>
    internal Span<float> Second(ElementRange range) => Window(range, 1);

    /// <summary>Copies the moments of a range of any length.</summary>
    internal void CopyTo(ElementRange range, Span<float> first, Span<float> second)
    {
        for (ElementRange part = NextPart(range); part.Length > 0; part = NextPart(range, part.End))
        {
            int at = (int)(part.Offset - range.Offset);
            int length = (int)part.Length;
            if (_blocks[part.Offset / GradientLayout.BlockLength] is null)
            {
                first.Slice(at, length).Clear();
                second.Slice(at, length).Clear();
            }
            else
            {
                First(part).CopyTo(first.Slice(at, length));
                Second(part).CopyTo(second.Slice(at, length));
            }
        }
    }

    /// <summary>Writes the moments of a range of any length.</summary>
    internal void CopyFrom(ElementRange range, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        for (ElementRange part = NextPart(range); part.Length > 0; part = NextPart(range, part.End))
        {
            int at = (int)(part.Offset - range.Offset);
            first.Slice(at, (int)part.Length).CopyTo(First(part));
            second.Slice(at, (int)part.Length).CopyTo(Second(part));
        }
    }

    /// <summary>Frees the blocks that have no element in a set; what is freed reads as zero.</summary>
    internal void KeepOnly(RangeSet ranges)
    {
        for (int block = 0; block < _blocks.Length; block++)
        {
            if (_blocks[block] is not null && ranges.Intersect(RangeSet.Of(layout.Block(block))).IsEmpty)
            {
                _blocks[block]!.Dispose();
                _blocks[block] = null;
            }
        }
    }

    public void Dispose() => KeepOnly(RangeSet.Empty);

    private static ElementRange NextPart(ElementRange range, long offset)
    {
        long blockEnd = ((offset / GradientLayout.BlockLength) + 1) * GradientLayout.BlockLength;
        return new ElementRange(offset, Math.Min(range.End, blockEnd) - offset);
    }

    private static ElementRange NextPart(ElementRange range) => NextPart(range, range.Offset);

    private Span<float> Window(ElementRange range, int moment)
    {
        int block = checked((int)(range.Offset / GradientLayout.BlockLength));
        ElementRange whole = layout.Block(block);
        _blocks[block] ??= new NativeBuffer<float>(2 * whole.Length);
        return _blocks[block]!.Window((moment * whole.Length) + range.Offset - whole.Offset, checked((int)range.Length));
    }
}
