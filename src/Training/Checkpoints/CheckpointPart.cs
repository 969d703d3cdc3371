using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Checkpoints;

/// <summary>A copy of a range of a worker's state, on its way to the disk. Disposing it lets the memory be used for the next one.</summary>
/// <remarks>
/// Form: for every norm block that the range meets, in order, the float32 weights of its elements, then their first moments, then their
/// second moments, little-endian. So a reader needs no more memory than a block takes.
/// </remarks>
public sealed class CheckpointPart : IDisposable
{
    /// <summary>Bytes of one element: weight and two moments.</summary>
    internal const int BytesPerElement = 3 * sizeof(float);

    private readonly SnapshotBuffers _buffers;
    private NativeBuffer<byte>? _buffer;

    private CheckpointPart(int step, ElementRange range, SnapshotBuffers buffers, NativeBuffer<byte> buffer)
    {
        Step = step;
        Range = range;
        _buffers = buffers;
        _buffer = buffer;
    }

    /// <summary>Number of steps that the state has seen.</summary>
    public int Step { get; }

    /// <summary>Elements of the flat vector.</summary>
    public ElementRange Range { get; }

    /// <summary>Bytes of the copy.</summary>
    public long Bytes => Range.Length * BytesPerElement;

    /// <summary>Lets the memory go.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            _buffers.Return(buffer);
        }
    }

    /// <summary>Copies state.</summary>
    /// <param name="range">Elements of the flat vector.</param>
    /// <param name="buffers">Lends the memory.</param>
    /// <param name="read">Reads all parts of a few elements; returns the step.</param>
    internal static CheckpointPart Copy(ElementRange range, SnapshotBuffers buffers, StateReader read)
    {
        NativeBuffer<byte> buffer = buffers.Rent(range.Length * BytesPerElement);
        try
        {
            int step = 0;
            long at = 0;
            foreach (ElementRange block in Blocks(range))
            {
                int bytes = checked((int)(block.Length * BytesPerElement));
                step = read(StateParts.All, block, buffer.Window(at, bytes));
                at += bytes;
            }

            return new CheckpointPart(step, range, buffers, buffer);
        }
        catch
        {
            buffers.Return(buffer);
            throw;
        }
    }

    /// <summary>Cuts a range at norm blocks.</summary>
    internal static IEnumerable<ElementRange> Blocks(ElementRange range)
    {
        long next = range.Offset;
        while (next < range.End)
        {
            long end = Math.Min(range.End, ((next / GradientLayout.BlockLength) + 1) * GradientLayout.BlockLength);
            yield return new ElementRange(next, end - next);
            next = end;
        }
    }

    /// <summary>Some bytes of the copy.</summary>
    internal Span<byte> Window(long offset, int length) =>
        (_buffer ?? throw new ObjectDisposedException(nameof(CheckpointPart))).Window(offset, length);
}
