using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>
/// The running sum of one worker's shard gradients, in the form that travels. Add shards slice by slice, exchange byte ranges with
/// peers, then read the sum back as float32.
/// </summary>
/// <remarks>
/// Wire form: the elements of the range in the layout's order, little-endian, <see cref="BytesPerElement"/> each (int32, int64, float32 or
/// bfloat16 by kind), no header. Integer kinds may be added in any order. Float kinds are added in the order of the calls: a worker adds
/// its shards in order, then an owner adds peers in worker order. Not thread-safe: one thread, or one caller at a time.
/// </remarks>
public abstract class GradientAccumulator : IDisposable
{
    private protected GradientAccumulator(GradientLayout layout, int bytesPerElement)
    {
        Layout = layout;
        BytesPerElement = bytesPerElement;
    }

    /// <summary>The flat vector's layout.</summary>
    public GradientLayout Layout { get; }

    /// <summary>Bytes of one element on the wire.</summary>
    public int BytesPerElement { get; }

    /// <summary>Data bits of one shard's integers; 0 for float kinds, which need no exponents.</summary>
    public virtual int DataBits => 0;

    /// <summary>Makes an empty accumulator.</summary>
    /// <param name="kind">How to add.</param>
    /// <param name="layout">The flat vector's layout.</param>
    /// <param name="shardCount">Most gradients added in total over all workers.</param>
    /// <returns>The accumulator; the caller disposes it.</returns>
    public static GradientAccumulator Create(ReductionKind kind, GradientLayout layout, int shardCount)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return kind switch
        {
            ReductionKind.Exact => new ExactAccumulator(layout, FixedPoint.DataBits(shardCount)),
            ReductionKind.Exact64 => new Exact64Accumulator(layout),
            ReductionKind.Fp32 => new Fp32Accumulator(layout),
            ReductionKind.Bf16 => new Bf16Accumulator(layout),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown reduction kind."),
        };
    }

    /// <summary>Empties the sum.</summary>
    public abstract void Clear();

    /// <summary>Adds one shard's gradient of one slice.</summary>
    /// <param name="slice">Index of the slice in the layout.</param>
    /// <param name="gradient">The slice's values.</param>
    /// <param name="exponent">Exponent of the slice; ignored by float kinds.</param>
    /// <returns>Largest magnitude, and whether the values fitted.</returns>
    public abstract SliceMagnitude Add(int slice, ReadOnlySpan<float> gradient, int exponent);

    /// <summary>Writes a range of the sum in wire form. What is written is what this accumulator holds afterwards.</summary>
    /// <param name="range">Elements to write.</param>
    /// <param name="destination">Receives <c>Length * BytesPerElement</c> bytes.</param>
    public abstract void CopyTo(ElementRange range, Span<byte> destination);

    /// <summary>Adds a peer's partial sum.</summary>
    /// <param name="range">Elements that the bytes hold.</param>
    /// <param name="wire">A peer's bytes from <see cref="CopyTo"/>.</param>
    public abstract void AddPartial(ElementRange range, ReadOnlySpan<byte> wire);

    /// <summary>Replaces a range by its owner's total.</summary>
    /// <param name="range">Elements that the bytes hold.</param>
    /// <param name="wire">The owner's bytes from <see cref="CopyTo"/>.</param>
    public abstract void SetReduced(ElementRange range, ReadOnlySpan<byte> wire);

    /// <summary>Reads one slice of the sum as float32.</summary>
    /// <param name="slice">Index of the slice in the layout.</param>
    /// <param name="exponent">Exponent that the slice was added with.</param>
    /// <param name="gradient">Receives the slice.</param>
    public void Read(int slice, int exponent, Span<float> gradient) =>
        Read(new ElementRange(Layout.Slices[slice].Offset, Layout.Slices[slice].Length), exponent, gradient);

    /// <summary>Reads some elements of the sum as float32.</summary>
    /// <param name="range">Elements of one slice.</param>
    /// <param name="exponent">Exponent that the slice was added with.</param>
    /// <param name="gradient">Receives the elements.</param>
    public abstract void Read(ElementRange range, int exponent, Span<float> gradient);

    /// <summary>Frees the native memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private protected abstract void Free();

    /// <summary>Checks a wire block's size and returns its element count.</summary>
    private protected int CheckWire(ElementRange range, int bytes)
    {
        if (bytes != range.Length * BytesPerElement)
        {
            throw new ArgumentException(
                $"Range {range.Offset}+{range.Length} takes {range.Length * BytesPerElement} bytes, not {bytes}.", nameof(bytes));
        }

        return checked((int)range.Length);
    }

    private protected static Span<T> Window<T>(NativeBuffer<T> buffer, GradientSlice slice)
        where T : unmanaged => buffer.Window(slice.Offset, slice.Length);

    private protected static ReadOnlySpan<T> Elements<T>(ReadOnlySpan<byte> wire)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(wire);
}
