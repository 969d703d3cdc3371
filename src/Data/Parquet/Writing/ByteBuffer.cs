using System.Buffers.Binary;

namespace NSft.Data.Parquet.Writing;

/// <summary>Bytes that grow and are used again.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Appends a byte.</summary>
    public void Add(byte value) => Grow(1)[0] = value;

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    /// <summary>Appends a number of 32 bits.</summary>
    public void AddInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Grow(sizeof(int)), value);

    /// <summary>Appends a number of 64 bits.</summary>
    public void AddInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Grow(sizeof(long)), value);

    /// <summary>Appends a number in as many bytes as it needs, seven bits each.</summary>
    public void AddVarint(uint value)
    {
        while (value >= 128)
        {
            Add((byte)(value | 128));
            value >>= 7;
        }

        Add((byte)value);
    }

    /// <summary>Forgets what was written behind a length.</summary>
    public void CutTo(int length) => Length = Math.Min(Length, length);

    private Span<byte> Grow(int count)
    {
        if (count > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(Length + (long)count, 2L * _bytes.Length)));
        }

        Span<byte> place = _bytes.AsSpan(Length, count);
        Length += count;
        return place;
    }
}
