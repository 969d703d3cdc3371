using NSft.Data.Parquet.Thrift;

namespace NSft.Data.Parquet.Metadata;

/// <summary>Reads the footer's Thrift structures; field ids are those of the format's definition.</summary>
internal static class FooterReader
{
    /// <summary>Reads a footer.</summary>
    /// <exception cref="ParquetFormatException">It is broken.</exception>
    public static FileFooter Read(ReadOnlySpan<byte> bytes)
    {
        CompactReader reader = new(bytes);
        List<SchemaElement> schema = [];
        List<RowGroup> groups = [];
        Dictionary<string, string> keyValues = new(StringComparer.Ordinal);
        long? rowCount = null;
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 2:
                    ReadSchema(ref reader, type, schema);
                    break;
                case 3:
                    rowCount = NotNegative(reader.ReadInt64(type));
                    break;
                case 4:
                    ReadRowGroups(ref reader, type, groups);
                    break;
                case 5:
                    ReadKeyValues(ref reader, type, keyValues);
                    break;
                case 8:
                    throw ParquetFormatException.Unsupported("an encrypted file", "write it again without encryption");
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new FileFooter(schema, rowCount ?? throw new ParquetFormatException("the footer does not say how many rows there are"), groups, keyValues);
    }

    private static void ReadSchema(ref CompactReader reader, CompactType type, List<SchemaElement> schema)
    {
        int count = reader.ReadList(type, CompactType.Struct);
        for (int index = 0; index < count; index++)
        {
            schema.Add(ReadElement(ref reader));
        }
    }

    private static SchemaElement ReadElement(ref CompactReader reader)
    {
        SchemaElement element = new();
        int? converted = null;
        int? scale = null;
        int? precision = null;
        byte[]? logical = null;
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    element = element with { Type = Defined<PhysicalType>(reader.ReadInt32(type), "physical type") };
                    break;
                case 2:
                    element = element with { TypeLength = reader.ReadInt32(type) };
                    break;
                case 3:
                    element = element with { Repetition = Defined<Repetition>(reader.ReadInt32(type), "repetition") };
                    break;
                case 4:
                    element = element with { Name = reader.ReadText(type) };
                    break;
                case 5:
                    element = element with { ChildCount = reader.ReadInt32(type) };
                    break;
                case 6:
                    converted = reader.ReadInt32(type);
                    break;
                case 7:
                    scale = reader.ReadInt32(type);
                    break;
                case 8:
                    precision = reader.ReadInt32(type);
                    break;
                case 10:
                    CompactReader.Require(type, CompactType.Struct);
                    logical = reader.ReadRaw(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return element with { Meaning = new FieldMeaning(converted, scale, precision, logical) };
    }

    private static void ReadRowGroups(ref CompactReader reader, CompactType type, List<RowGroup> groups)
    {
        int count = reader.ReadList(type, CompactType.Struct);
        for (int index = 0; index < count; index++)
        {
            groups.Add(ReadRowGroup(ref reader));
        }
    }

    private static RowGroup ReadRowGroup(ref CompactReader reader)
    {
        List<ColumnChunk> columns = [];
        long? rowCount = null;
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    int count = reader.ReadList(type, CompactType.Struct);
                    for (int index = 0; index < count; index++)
                    {
                        columns.Add(ReadChunk(ref reader));
                    }

                    break;
                case 3:
                    rowCount = NotNegative(reader.ReadInt64(type));
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new RowGroup(columns, rowCount ?? throw new ParquetFormatException("a row group does not say how many rows it has"));
    }

    private static ColumnChunk ReadChunk(ref CompactReader reader)
    {
        ColumnChunk chunk = new();
        bool isElsewhere = false;
        bool isEncrypted = false;
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    isElsewhere = reader.ReadBinary(type).Length > 0;
                    break;
                case 3:
                    CompactReader.Require(type, CompactType.Struct);
                    chunk = ReadChunkMetadata(ref reader);
                    break;
                case 8 or 9:
                    isEncrypted = true;
                    reader.Skip(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return chunk with { IsElsewhere = isElsewhere, IsEncrypted = isEncrypted };
    }

    private static ColumnChunk ReadChunkMetadata(ref CompactReader reader)
    {
        ColumnChunk chunk = new();
        int id = 0;
        while (reader.ReadField(ref id, out CompactType type))
        {
            switch (id)
            {
                case 1:
                    chunk = chunk with { Type = Defined<PhysicalType>(reader.ReadInt32(type), "physical type") };
                    break;
                case 3:
                    chunk = chunk with { Path = ReadPath(ref reader, type) };
                    break;
                case 4:
                    chunk = chunk with { Codec = Defined<Codec>(reader.ReadInt32(type), "codec") };
                    break;
                case 5:
                    chunk = chunk with { ValueCount = NotNegative(reader.ReadInt64(type)) };
                    break;
                case 7:
                    chunk = chunk with { CompressedBytes = NotNegative(reader.ReadInt64(type)) };
                    break;
                case 9:
                    chunk = chunk with { DataOffset = NotNegative(reader.ReadInt64(type)) };
                    break;
                case 11:
                    chunk = chunk with { DictionaryOffset = NotNegative(reader.ReadInt64(type)) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return chunk;
    }

    private static List<string> ReadPath(ref CompactReader reader, CompactType type)
    {
        List<string> path = [];
        int count = reader.ReadList(type, CompactType.Binary);
        for (int index = 0; index < count; index++)
        {
            path.Add(reader.ReadText(CompactType.Binary));
        }

        return path;
    }

    private static void ReadKeyValues(ref CompactReader reader, CompactType type, Dictionary<string, string> keyValues)
    {
        int count = reader.ReadList(type, CompactType.Struct);
        for (int index = 0; index < count; index++)
        {
            string key = "";
            string value = "";
            int id = 0;
            while (reader.ReadField(ref id, out CompactType fieldType))
            {
                switch (id)
                {
                    case 1:
                        key = reader.ReadText(fieldType);
                        break;
                    case 2:
                        value = reader.ReadText(fieldType);
                        break;
                    default:
                        reader.Skip(fieldType);
                        break;
                }
            }

            keyValues[key] = value;
        }
    }

    private static TEnum Defined<TEnum>(int code, string what)
        where TEnum : struct, Enum
    {
        TEnum value = (TEnum)Enum.ToObject(typeof(TEnum), code);
        return Enum.IsDefined(value) ? value : throw new ParquetFormatException($"{code} is no known {what}");
    }

    private static long NotNegative(long value) => value >= 0 ? value : throw new ParquetFormatException("a count or offset is negative");
}
