using System.Buffers.Binary;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Encodings;

/// <summary>Values one behind the other.</summary>
/// <param name="data">The page's values.</param>
/// <param name="type">Their type.</param>
/// <param name="typeLength">Bytes of a value of fixed length.</param>
internal sealed class PlainDecoder(ArraySegment<byte> data, PhysicalType type, int typeLength) : ValueDecoder
{
    private const int Int96Bytes = 12;

    private int _position;
    private int _bit;

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = type switch
            {
                PhysicalType.Boolean => NextBoolean(),
                PhysicalType.Int32 => ParquetValue.Int32(BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)))),
                PhysicalType.Int64 => ParquetValue.Int64(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)))),
                PhysicalType.Float => ParquetValue.Float(BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)))),
                PhysicalType.Double => ParquetValue.Double(BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)))),
                PhysicalType.Int96 => ParquetValue.Bytes(Take(Int96Bytes)),
                PhysicalType.FixedLengthByteArray => ParquetValue.Bytes(Take(typeLength)),
                _ => NextBytes(),
            };
        }
    }

    private ParquetValue NextBoolean()
    {
        int index = _bit++;
        return index >> 3 < data.Count
            ? ParquetValue.Boolean(((data[index >> 3] >> (index & 7)) & 1) != 0)
            : throw ParquetFormatException.End("a page's values");
    }

    private ParquetValue NextBytes()
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        return ParquetValue.Bytes(Take(length));
    }

    private ArraySegment<byte> Take(int count)
    {
        if (count < 0 || count > data.Count - _position)
        {
            throw ParquetFormatException.End("a page's values");
        }

        ArraySegment<byte> taken = data.Slice(_position, count);
        _position += count;
        return taken;
    }
}
