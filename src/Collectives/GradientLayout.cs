using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NSft.Collectives;

/// <summary>Where each trainable tensor lies in one flat vector, and how that vector is cut for exponents and for the norm.</summary>
/// <remarks>
/// The layout depends on the tensors alone, never on workers. Tensors start at multiples of <see cref="Alignment"/> elements;
/// the elements between two tensors belong to no slice and stay zero.
/// </remarks>
public sealed class GradientLayout
{
    /// <summary>Most elements that share one exponent.</summary>
    public const int MaxSliceLength = 1 << 20;

    /// <summary>Elements of one block of the gradient norm; also the grain of the ranges that workers own.</summary>
    public const int BlockLength = 1 << 16;

    /// <summary>Tensors start at multiples of this many elements (64 bytes of float32).</summary>
    public const int Alignment = 16;

    private GradientLayout(IReadOnlyList<LayoutTensor> tensors, IReadOnlyList<GradientSlice> slices, long length)
    {
        Tensors = tensors;
        Slices = slices;
        Length = length;
        Hash = ComputeHash(tensors, length);
    }

    /// <summary>The tensors in the order of the flat vector.</summary>
    public IReadOnlyList<LayoutTensor> Tensors { get; }

    /// <summary>The exponent slices in the order of the flat vector.</summary>
    public IReadOnlyList<GradientSlice> Slices { get; }

    /// <summary>Elements of the flat vector, gaps included.</summary>
    public long Length { get; }

    /// <summary>All elements.</summary>
    public ElementRange Whole => new(0, Length);

    /// <summary>Number of norm blocks; the last one may be shorter.</summary>
    public int BlockCount => (int)((Length + BlockLength - 1) / BlockLength);

    /// <summary>SHA-256 of names, offsets and lengths, lower-case hexadecimal. Workers of one run must agree on it.</summary>
    public string Hash { get; }

    /// <summary>Lays the tensors out one after the other.</summary>
    /// <param name="tensors">Names and element counts, in the order wanted (reverse layer order lets early gradients leave first).</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentException">No tensor, an empty one, or a name given twice.</exception>
    public static GradientLayout Create(IEnumerable<(string Name, long Length)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var placed = new List<LayoutTensor>();
        var slices = new List<GradientSlice>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        long next = 0;
        foreach ((string name, long length) in tensors)
        {
            if (length <= 0 || !names.Add(name))
            {
                throw new ArgumentException($"Tensor {name} is empty or named twice.", nameof(tensors));
            }

            AddSlices(slices, placed.Count, next, length);
            placed.Add(new LayoutTensor(name, next, length));
            next = (next + length + Alignment - 1) / Alignment * Alignment;
        }

        if (placed.Count == 0)
        {
            throw new ArgumentException("A layout needs at least one tensor.", nameof(tensors));
        }

        return new GradientLayout(placed, slices, next);
    }

    /// <summary>The elements of one norm block.</summary>
    /// <param name="block">From 0 to <see cref="BlockCount"/> - 1.</param>
    public ElementRange Block(int block)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, BlockCount);
        long offset = (long)block * BlockLength;
        return new ElementRange(offset, Math.Min(BlockLength, Length - offset));
    }

    /// <summary>Cuts a range at slices and blocks; the elements between tensors are left out.</summary>
    /// <param name="range">Elements of the flat vector.</param>
    /// <returns>The pieces in order.</returns>
    public IEnumerable<LayoutPiece> Pieces(ElementRange range)
    {
        for (int slice = FirstSliceEndingAfter(range.Offset); slice < Slices.Count && Slices[slice].Offset < range.End; slice++)
        {
            ElementRange left = range.Overlap(new ElementRange(Slices[slice].Offset, Slices[slice].Length));
            while (left.Length > 0)
            {
                long end = Math.Min(left.End, ((left.Offset / BlockLength) + 1) * BlockLength);
                yield return new LayoutPiece(slice, Slices[slice].Tensor, left with { Length = end - left.Offset });
                left = new ElementRange(end, left.End - end);
            }
        }
    }

    private int FirstSliceEndingAfter(long offset)
    {
        int low = 0;
        int high = Slices.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Slices[middle].Offset + Slices[middle].Length <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static void AddSlices(List<GradientSlice> slices, int tensor, long offset, long length)
    {
        for (long done = 0; done < length; done += MaxSliceLength)
        {
            slices.Add(new GradientSlice(tensor, offset + done, (int)Math.Min(MaxSliceLength, length - done)));
        }
    }

    private static string ComputeHash(IReadOnlyList<LayoutTensor> tensors, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[16];
        foreach (LayoutTensor tensor in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tensor.Name));
            BinaryPrimitives.WriteInt64LittleEndian(numbers, tensor.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], tensor.Length);
            hash.AppendData(numbers);
        }

        BinaryPrimitives.WriteInt64LittleEndian(numbers, length);
        hash.AppendData(numbers[..8]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
