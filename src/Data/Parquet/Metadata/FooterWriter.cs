using NSft.Data.Parquet.Thrift;

namespace NSft.Data.Parquet.Metadata;

/// <summary>Writes footers and page headers; field ids are those of the format's definition.</summary>
internal static class FooterWriter
{
    private const int FormatVersion = 1;
    private const string Author = "nsft";

    /// <summary>The footer's bytes.</summary>
    public static byte[] Write(FileFooter footer)
    {
        CompactWriter writer = new();
        writer.BeginStruct();
        writer.WriteInt32(1, FormatVersion);
        writer.BeginList(2, CompactType.Struct, footer.Schema.Count);
        for (int index = 0; index < footer.Schema.Count; index++)
        {
            WriteElement(writer, footer.Schema[index], isRoot: index == 0);
        }

        writer.WriteInt64(3, footer.RowCount);
        writer.BeginList(4, CompactType.Struct, footer.RowGroups.Count);
        foreach (RowGroup group in footer.RowGroups)
        {
            WriteRowGroup(writer, group);
        }

        WriteKeyValues(writer, footer.KeyValues);
        writer.WriteText(6, Author);
        writer.EndStruct();
        return writer.Written.ToArray();
    }

    /// <summary>A header of a data page of version 1 or of a dictionary page.</summary>
    public static byte[] Write(PageHeader header)
    {
        CompactWriter writer = new();
        writer.BeginStruct();
        writer.WriteInt32(1, (int)header.Kind);
        writer.WriteInt32(2, header.UncompressedBytes);
        writer.WriteInt32(3, header.CompressedBytes);
        writer.WriteInt32(4, (int?)header.Checksum);
        writer.BeginStruct(header.Kind == PageKind.Dictionary ? 7 : 5);
        writer.WriteInt32(1, header.ValueCount);
        writer.WriteInt32(2, (int)header.Encoding);
        if (header.Kind != PageKind.Dictionary)
        {
            writer.WriteInt32(3, (int)PageEncoding.Rle);
            writer.WriteInt32(4, (int)PageEncoding.Rle);
        }

        writer.EndStruct();
        writer.EndStruct();
        return writer.Written.ToArray();
    }

    private static void WriteElement(CompactWriter writer, SchemaElement element, bool isRoot)
    {
        writer.BeginStruct();
        writer.WriteInt32(1, (int?)element.Type);
        writer.WriteInt32(2, element.Type == PhysicalType.FixedLengthByteArray ? element.TypeLength : null);
        writer.WriteInt32(3, isRoot ? null : (int)element.Repetition);
        writer.WriteText(4, element.Name);
        writer.WriteInt32(5, element.Type is null ? element.ChildCount : null);
        writer.WriteInt32(6, element.Meaning.ConvertedType);
        writer.WriteInt32(7, element.Meaning.Scale);
        writer.WriteInt32(8, element.Meaning.Precision);
        if (element.Meaning.LogicalType is byte[] logical)
        {
            writer.WriteRawStruct(10, logical);
        }

        writer.EndStruct();
    }

    private static void WriteRowGroup(CompactWriter writer, RowGroup group)
    {
        writer.BeginStruct();
        writer.BeginList(1, CompactType.Struct, group.Columns.Count);
        foreach (ColumnChunk chunk in group.Columns)
        {
            WriteChunk(writer, chunk);
        }

        writer.WriteInt64(2, group.Columns.Sum(chunk => chunk.UncompressedBytes));
        writer.WriteInt64(3, group.RowCount);
        writer.WriteInt64(5, group.Columns[0].Start);
        writer.WriteInt64(6, group.Columns.Sum(chunk => chunk.CompressedBytes));
        writer.EndStruct();
    }

    private static void WriteChunk(CompactWriter writer, ColumnChunk chunk)
    {
        writer.BeginStruct();
        writer.WriteInt64(2, 0); // deprecated: readers find the chunk through its metadata
        writer.BeginStruct(3);
        writer.WriteInt32(1, (int)chunk.Type);
        writer.BeginList(2, CompactType.Int32, chunk.Encodings.Count);
        foreach (PageEncoding encoding in chunk.Encodings)
        {
            writer.WriteElement((long)encoding);
        }

        writer.BeginList(3, CompactType.Binary, chunk.Path.Count);
        foreach (string name in chunk.Path)
        {
            writer.WriteElement(name);
        }

        writer.WriteInt32(4, (int)chunk.Codec);
        writer.WriteInt64(5, chunk.ValueCount);
        writer.WriteInt64(6, chunk.UncompressedBytes);
        writer.WriteInt64(7, chunk.CompressedBytes);
        writer.WriteInt64(9, chunk.DataOffset);
        if (chunk.DictionaryOffset is long offset)
        {
            writer.WriteInt64(11, offset);
        }

        writer.EndStruct();
        writer.EndStruct();
    }

    private static void WriteKeyValues(CompactWriter writer, IReadOnlyDictionary<string, string> keyValues)
    {
        if (keyValues.Count == 0)
        {
            return;
        }

        writer.BeginList(5, CompactType.Struct, keyValues.Count);
        foreach ((string key, string value) in keyValues)
        {
            writer.BeginStruct();
            writer.WriteText(1, key);
            writer.WriteText(2, value);
            writer.EndStruct();
        }
    }
}
