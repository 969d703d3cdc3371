using System.Buffers.Binary;

namespace NSft.Data.Parquet.Encodings;

/// <summary>Truth values as runs, with their length in front.</summary>
/// <param name="data">The page's values.</param>
internal sealed class RleBooleanDecoder(ArraySegment<byte> data) : ValueDecoder
{
    private readonly HybridDecoder _bits = new(WithoutLength(data), 1);
    private int[] _buffer = [];

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        if (_buffer.Length < values.Length)
        {
            _buffer = new int[values.Length];
        }

        Span<int> bits = _buffer.AsSpan(0, values.Length);
        _bits.Read(bits);
        for (int index = 0; index < bits.Length; index++)
        {
            values[index] = ParquetValue.Boolean((bits[index] & 1) != 0);
        }
    }

    private static ArraySegment<byte> WithoutLength(ArraySegment<byte> data)
    {
        if (data.Count == 0)
        {
            return data;
        }

        if (data.Count < sizeof(int))
        {
            throw ParquetFormatException.End("runs of truth values");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data);
        return length <= data.Count - sizeof(int) ? data.Slice(sizeof(int), (int)length) : throw ParquetFormatException.End("runs of truth values");
    }
}
