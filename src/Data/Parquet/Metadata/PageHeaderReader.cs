using NSft.Data.Parquet.Thrift;

namespace NSft.Data.Parquet.Metadata;

/// <summary>Reads the Thrift structure in front of a page; field ids are those of the format's definition.</summary>
internal static class PageHeaderReader
{
    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Bytes from the header's start on.</param>
    /// <param name="length">Bytes that the header takes.</param>
    /// <exception cref="ParquetFormatException">It is broken, or ends behind the given bytes.</exception>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        CompactReader reader = new(bytes);
        PageHeader header = new();
        PageKind? kind = null;
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    kind = (PageKind)reader.ReadInt32(type);
                    break;
                case 2:
                    header = header with { UncompressedBytes = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 3:
                    header = header with { CompressedBytes = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 4:
                    header = header with { Checksum = (uint)reader.ReadInt32(type) };
                    break;
                case 5:
                    header = ReadData(ref reader, type, header);
                    break;
                case 7:
                    header = ReadDictionary(ref reader, type, header);
                    break;
                case 8:
                    header = ReadDataV2(ref reader, type, header);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        length = reader.Position;
        return header with { Kind = kind ?? throw new ParquetFormatException("a page does not say what it holds") };
    }

    private static PageHeader ReadData(ref CompactReader reader, CompactType outer, PageHeader header)
    {
        CompactReader.Require(outer, CompactType.Struct);
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    header = header with { ValueCount = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 2:
                    header = header with { Encoding = (PageEncoding)reader.ReadInt32(type) };
                    break;
                case 3:
                    header = header with { DefinitionEncoding = (PageEncoding)reader.ReadInt32(type) };
                    break;
                case 4:
                    header = header with { RepetitionEncoding = (PageEncoding)reader.ReadInt32(type) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return header;
    }

    private static PageHeader ReadDictionary(ref CompactReader reader, CompactType outer, PageHeader header)
    {
        CompactReader.Require(outer, CompactType.Struct);
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    header = header with { ValueCount = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 2:
                    header = header with { Encoding = (PageEncoding)reader.ReadInt32(type) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return header;
    }

    private static PageHeader ReadDataV2(ref CompactReader reader, CompactType outer, PageHeader header)
    {
        CompactReader.Require(outer, CompactType.Struct);
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    header = header with { ValueCount = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 4:
                    header = header with { Encoding = (PageEncoding)reader.ReadInt32(type) };
                    break;
                case 5:
                    header = header with { DefinitionBytes = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 6:
                    header = header with { RepetitionBytes = NotNegative(reader.ReadInt32(type)) };
                    break;
                case 7:
                    header = header with { IsCompressed = CompactReader.ReadBoolean(type) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return header;
    }

    private static int NotNegative(int value) => value >= 0 ? value : throw new ParquetFormatException("a count or length is negative");
}
