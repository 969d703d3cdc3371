namespace NSft.Data.Parquet.Encodings;

/// <summary>Small whole numbers as runs of one value and groups of eight packed bit by bit.</summary>
/// <param name="data">The runs.</param>
/// <param name="bitWidth">Bits of a number.</param>
internal sealed class HybridDecoder(ArraySegment<byte> data, int bitWidth)
{
    /// <summary>The widest number.</summary>
    public const int WidestBits = 32;

    private const int GroupValues = 8;

    private int _position;
    private long _left;
    private bool _isRun;
    private int _runValue;
    private long _bit;
    private long _packedEnd;

    /// <summary>Fills a span with the next numbers.</summary>
    /// <exception cref="ParquetFormatException">The runs are broken or end before.</exception>
    public void Read(Span<int> values)
    {
        int filled = 0;
        while (filled < values.Length)
        {
            if (_left == 0)
            {
                NextRun();
                continue;
            }

            int count = (int)Math.Min(_left, values.Length - filled);
            if (_isRun)
            {
                values.Slice(filled, count).Fill(_runValue);
            }
            else
            {
                Unpack(values.Slice(filled, count));
            }

            filled += count;
            _left -= count;
        }
    }

    private void NextRun()
    {
        uint header = ReadHeader();
        _left = header >> 1;
        _isRun = (header & 1) == 0;
        if (_isRun)
        {
            _runValue = ReadValue((bitWidth + 7) / 8);
            return;
        }

        // The last group may be cut off behind its last used value.
        long bytes = Math.Min(_left * bitWidth, data.Count - _position);
        _left *= GroupValues;
        _bit = (long)_position * 8;
        _position += (int)bytes;
        _packedEnd = (long)_position * 8;
    }

    private void Unpack(Span<int> values)
    {
        if (values.Length * (long)bitWidth > _packedEnd - _bit)
        {
            throw ParquetFormatException.End("packed numbers");
        }

        ReadOnlySpan<byte> bytes = data;
        ulong mask = (1UL << bitWidth) - 1;
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = (int)(BitReader.Read(bytes, _bit, bitWidth) & mask);
            _bit += bitWidth;
        }
    }

    private uint ReadHeader()
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value <= uint.MaxValue ? (uint)value : throw new ParquetFormatException("a run is too long");
            }
        }

        throw new ParquetFormatException("a run's length is broken");
    }

    private int ReadValue(int bytes)
    {
        uint value = 0;
        for (int index = 0; index < bytes; index++)
        {
            value |= (uint)ReadByte() << (8 * index);
        }

        return (int)value;
    }

    private byte ReadByte() => _position < data.Count ? data[_position++] : throw ParquetFormatException.End("runs of numbers");
}
