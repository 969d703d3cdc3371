using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Encodings;

/// <summary>Chooses the decoder of a page.</summary>
internal static class ValueDecoders
{
    /// <summary>Opens the values of a page.</summary>
    /// <param name="encoding">How they are encoded.</param>
    /// <param name="data">The values' bytes.</param>
    /// <param name="field">The leaf that they belong to.</param>
    /// <param name="dictionary">The column's dictionary, when one was read.</param>
    /// <exception cref="ParquetFormatException">The encoding is unknown, does not suit the type, or lacks its dictionary.</exception>
    public static ValueDecoder Open(PageEncoding encoding, ArraySegment<byte> data, ParquetField field, ParquetValue[]? dictionary)
    {
        PhysicalType type = field.Type;
        switch (encoding)
        {
            case PageEncoding.Plain:
                return new PlainDecoder(data, type, field.TypeLength);
            case PageEncoding.PlainDictionary or PageEncoding.RleDictionary:
                return new DictionaryDecoder(data, dictionary ?? (data.Count == 0 ? [] : throw new ParquetFormatException("the column's dictionary is missing")));
            case PageEncoding.Rle when type == PhysicalType.Boolean:
                return new RleBooleanDecoder(data);
            case PageEncoding.DeltaBinaryPacked when type is PhysicalType.Int32 or PhysicalType.Int64:
                return new DeltaIntegerDecoder(data, type);
            case PageEncoding.DeltaLengthByteArray when type == PhysicalType.ByteArray:
                return new DeltaLengthDecoder(data);
            case PageEncoding.DeltaByteArray when type is PhysicalType.ByteArray or PhysicalType.FixedLengthByteArray:
                return new DeltaBytesDecoder(data);
            case PageEncoding.ByteStreamSplit:
                return new ByteStreamSplitDecoder(data, type, field.TypeLength);
            default:
                throw ParquetFormatException.Unsupported($"encoding {encoding} of {type} values", "write the file again with plain or dictionary encoding");
        }
    }
}
