using System.Runtime.InteropServices;

namespace NSft.Collectives;

/// <summary>
/// The running sum of one worker's shard gradients, in the form that travels. Add shards slice by slice, exchange byte ranges with
/// peers, then read the sum back as float32.
/// </summary>
/// <remarks>
/// Wire form: the elements of the range in the layout's order, little-endian, <see cref="BytesPerElement"/> each (int32, int64, float32 or
/// bfloat16 by kind), no header. Integer kinds may be added in any order. Float kinds are added in the order of the calls: a worker adds
/// its shards in order, then an owner adds peers in worker order.
///
/// Threads: one adds shards and reads the total. A second one may meanwhile exchange ranges that are final, by the methods that take a
/// generation: they do nothing once <see cref="Clear"/> has begun another one, and Clear waits for the one under way.
///
/// Memory: where peers of this host are to read the sum, it lies in a <see cref="SharedSegment"/>. Its content changes only in a new
/// generation, or in a range whose owner has the total and therefore has read it; readers look at the generation after they have read.
/// </remarks>
public abstract class GradientAccumulator : IDisposable
{
    // Elements added at a time: a block of ours stays in the first-level cache while all peers' blocks stream past it.
    private const int PassLength = 4096;

    private readonly Lock _gate = new();
    private readonly SumMemory _memory;
    private readonly int _storedBytes;
    private volatile bool _isSharingWanted;
    private readonly List<ElementRange> _received = [];
    private long _generation;

    private protected GradientAccumulator(GradientLayout layout, int bytesPerElement, int storedBytes)
    {
        Layout = layout;
        BytesPerElement = bytesPerElement;
        _storedBytes = storedBytes;
        _memory = new SumMemory(layout.Length * storedBytes);
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

    /// <summary>Whether the order of additions changes no bit.</summary>
    internal bool IsExact => DataBits > 0;

    /// <summary>Bytes of the sum in memory, as peers of this host read it.</summary>
    internal long StoredLength => Layout.Length * _storedBytes;

    /// <summary>Empties the sum and begins a new generation.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            if (_isSharingWanted)
            {
                _memory.Share();
            }

            _received.Clear();
            _memory.Begin(++_generation);
        }
    }

    /// <summary>Ranges whose totals were taken from their owners in this generation.</summary>
    internal IReadOnlyList<ElementRange> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>Lets peers of this host read the sum, from the next <see cref="Clear"/> on.</summary>
    internal void WantSharing() => _isSharingWanted = true;

    /// <summary>Where the sum of now is.</summary>
    /// <returns>Its generation, and the segment's name when it is shared.</returns>
    internal (long Generation, SegmentName? Segment) Locate()
    {
        lock (_gate)
        {
            return (_generation, _memory.Shared?.Name);
        }
    }

    /// <summary>Adds peers' sums of a range, in the order given and in one pass.</summary>
    /// <returns>False when another generation has begun, or a peer's memory held something else by the end: the range means nothing.</returns>
    internal bool TryAdd(long generation, ElementRange range, IReadOnlyList<PeerSums> peers)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return false;
            }

            for (long offset = range.Offset; offset < range.End; offset += PassLength)
            {
                var part = new ElementRange(offset, Math.Min(PassLength, range.End - offset));
                Span<byte> sums = _memory.Window(offset * _storedBytes, (int)part.Length * _storedBytes);
                foreach (PeerSums peer in peers)
                {
                    AddTo(sums, peer.Window(range, part, peer.IsWire ? BytesPerElement : _storedBytes), peer.IsWire);
                }
            }

            return peers.All(static peer => peer.IsIntact);
        }
    }

    /// <summary>Gives a range the values that travel: call once all of it is added.</summary>
    /// <returns>False when another generation has begun.</returns>
    internal bool TrySettle(long generation, ElementRange range)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return false;
            }

            Settle(_memory.Window(range.Offset * _storedBytes, checked((int)range.Length * _storedBytes)));
            return true;
        }
    }

    /// <summary>Copies a range in wire form.</summary>
    /// <returns>False when another generation has begun.</returns>
    internal bool TryCopy(long generation, ElementRange range, Span<byte> destination)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return false;
            }

            CopyTo(range, destination);
            return true;
        }
    }

    /// <summary>Replaces a range by its owner's total.</summary>
    /// <returns>False when another generation has begun, or the owner's memory held something else by the end.</returns>
    internal bool TrySet(long generation, ElementRange range, PeerSums total)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return false;
            }

            if (total.IsWire)
            {
                Replace(range, total.Window(range, range, BytesPerElement));
            }
            else
            {
                Span<byte> sums = _memory.Window(range.Offset * _storedBytes, checked((int)range.Length * _storedBytes));
                total.Window(range, range, _storedBytes).CopyTo(sums);
            }

            if (!total.IsIntact)
            {
                return false;
            }

            _received.Add(range);
            return true;
        }
    }

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
    public void SetReduced(ElementRange range, ReadOnlySpan<byte> wire)
    {
        lock (_gate)
        {
            Replace(range, wire);
            _received.Add(range);
        }
    }

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
        lock (_gate)
        {
            _generation++;
            _memory.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a total in wire form over ours.</summary>
    private protected abstract void Replace(ElementRange range, ReadOnlySpan<byte> wire);

    /// <summary>Adds a peer's elements to ours.</summary>
    /// <param name="sums">Ours, as stored.</param>
    /// <param name="peer">The peer's.</param>
    /// <param name="isWire">Whether the peer's are in wire form; else as stored.</param>
    private protected abstract void AddTo(Span<byte> sums, ReadOnlySpan<byte> peer, bool isWire);

    /// <summary>Rounds stored elements to what travels.</summary>
    private protected virtual void Settle(Span<byte> sums)
    {
    }

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

    /// <summary>Stored elements of a range.</summary>
    private protected Span<T> Stored<T>(long offset, int length)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_memory.Window(offset * _storedBytes, checked(length * _storedBytes)));

    private protected Span<T> Stored<T>(GradientSlice slice)
        where T : unmanaged => Stored<T>(slice.Offset, slice.Length);

    private protected static ReadOnlySpan<T> Elements<T>(ReadOnlySpan<byte> wire)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(wire);
}
