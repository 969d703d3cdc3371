using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Encodings;

/// <summary>Whole numbers as differences.</summary>
/// <param name="data">The page's values.</param>
/// <param name="type">32 or 64 bits.</param>
internal sealed class DeltaIntegerDecoder(ArraySegment<byte> data, PhysicalType type) : ValueDecoder
{
    private readonly DeltaDecoder _numbers = new(data);

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            long number = _numbers.Next();
            values[index] = type == PhysicalType.Int32 ? ParquetValue.Int32(unchecked((int)number)) : ParquetValue.Int64(number);
        }
    }
}
