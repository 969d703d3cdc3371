using System.Buffers.Binary;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Encodings;

/// <summary>Values cut into bytes: the first bytes of all, then the second bytes of all, and so on.</summary>
internal sealed class ByteStreamSplitDecoder : ValueDecoder
{
    private readonly ArraySegment<byte> _data;
    private readonly PhysicalType _type;
    private readonly int _width;
    private readonly int _count;
    private int _index;

    /// <summary>Opens a page.</summary>
    /// <param name="data">The page's values.</param>
    /// <param name="type">Their type.</param>
    /// <param name="typeLength">Bytes of a value of fixed length.</param>
    public ByteStreamSplitDecoder(ArraySegment<byte> data, PhysicalType type, int typeLength)
    {
        _data = data;
        _type = type;
        _width = type switch
        {
            PhysicalType.Int32 or PhysicalType.Float => sizeof(int),
            PhysicalType.Int64 or PhysicalType.Double => sizeof(long),
            PhysicalType.FixedLengthByteArray => typeLength,
            _ => throw new ParquetFormatException($"values of type {type} cannot be split into bytes"),
        };
        _count = data.Count / _width;
    }

    /// <inheritdoc/>
    public override int LargestBatch => Math.Max(1, (1 << 20) / _width);

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Next();
        }
    }

    private ParquetValue Next()
    {
        if (_index >= _count)
        {
            throw ParquetFormatException.End("a page's values");
        }

        byte[] bytes = new byte[_width];
        for (int place = 0; place < _width; place++)
        {
            bytes[place] = _data[(place * _count) + _index];
        }

        _index++;
        return _type switch
        {
            PhysicalType.Int32 => ParquetValue.Int32(BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            PhysicalType.Float => ParquetValue.Float(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            PhysicalType.Int64 => ParquetValue.Int64(BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            PhysicalType.Double => ParquetValue.Double(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            _ => ParquetValue.Bytes(bytes),
        };
    }
}
