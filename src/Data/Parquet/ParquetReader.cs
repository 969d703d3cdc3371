using System.Buffers.Binary;
using NSft.Collectives;
using NSft.Data.Parquet.Metadata;
using NSft.Data.Parquet.Reading;

namespace NSft.Data.Parquet;

/// <summary>Reads a Parquet file row by row, holding one page of each column.</summary>
/// <remarks>Nothing in the file is trusted: whatever is broken in it ends in a <see cref="UserInputException"/> that names the place.</remarks>
internal sealed class ParquetReader : IDisposable
{
    private const int TailBytes = 8;
    private const string Footer = "footer";

    private readonly ParquetSource _source;
    private readonly FileFooter _footer;
    private readonly IReadOnlyList<ReadNode> _fields;
    private readonly IReadOnlyList<ReadNode> _leaves;
    private readonly long _footerStart;

    private ParquetReader(ParquetSource source, FileFooter footer, long footerStart, IReadOnlyList<SchemaNode> schema)
    {
        _source = source;
        _footer = footer;
        _footerStart = footerStart;
        _fields = [.. schema.Select(ReadNode.Of)];
        _leaves = [.. _fields.SelectMany(Leaves)];
        Schema = new ParquetSchema([.. _fields.Select(field => field.Field)]);
    }

    /// <summary>The four bytes that a file starts and ends with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>The columns.</summary>
    public ParquetSchema Schema { get; }

    /// <summary>All rows.</summary>
    public long RowCount => _footer.RowCount;

    /// <summary>Runs of rows that are stored together.</summary>
    public int RowGroupCount => _footer.RowGroups.Count;

    /// <summary>Notes of whoever wrote the file.</summary>
    public IReadOnlyDictionary<string, string> KeyValues => _footer.KeyValues;

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="UserInputException">The file is missing, is no Parquet file, or its footer is broken.</exception>
    public static ParquetReader Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ParquetSource source = new(path);
        try
        {
            byte[] bytes = ReadFooter(source, out long start);
            try
            {
                FileFooter footer = FooterReader.Read(bytes);
                IReadOnlyList<SchemaNode> schema = new SchemaTree(footer.Schema).Build();
                ParquetReader reader = new(source, footer, start, schema);
                reader.RequireSense();
                return reader;
            }
            catch (ParquetFormatException exception)
            {
                throw source.Fault(Footer, start, exception);
            }
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file starts as a Parquet file does.</summary>
    public static bool HasMagic(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            Span<byte> start = stackalloc byte[Magic.Length];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Magic);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The rows in file order.</summary>
    /// <param name="columns">The columns to read; null for all. The others' values are null.</param>
    /// <returns>One value a column.</returns>
    /// <exception cref="UserInputException">While rows are taken: the file is broken or uses what is not supported.</exception>
    public IEnumerable<ParquetValue[]> Rows(IReadOnlySet<string>? columns = null)
    {
        ReadNode?[] fields = [.. _fields.Select(field => columns is null || columns.Contains(field.Field.Name) ? field : null)];
        foreach (RowGroup group in _footer.RowGroups)
        {
            if (group.RowCount == 0)
            {
                continue;
            }

            ColumnCursor?[] cursors = OpenColumns(group, fields);
            RowAssembler assembler = new(fields, cursors);
            for (long row = 0; row < group.RowCount; row++)
            {
                yield return ReadRow(assembler);
            }

            RequireEnd(cursors);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static byte[] ReadFooter(ParquetSource source, out long start)
    {
        start = 0;
        byte[] tail = new byte[TailBytes];
        if (source.Length < Magic.Length + TailBytes)
        {
            throw NotParquet(source.Path);
        }

        source.Read(0, tail.AsSpan(0, Magic.Length));
        bool hasHead = tail.AsSpan(0, Magic.Length).SequenceEqual(Magic);
        source.Read(source.Length - TailBytes, tail);
        bool hasTail = tail.AsSpan(sizeof(uint)).SequenceEqual(Magic);
        if (!hasHead || !hasTail)
        {
            throw hasHead || hasTail ? new UserInputException($"{source.Path}: the Parquet file is cut off: copy or download it again") : NotParquet(source.Path);
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        start = source.Length - TailBytes - length;
        if (start < Magic.Length || length > Array.MaxLength)
        {
            throw source.Fault(Footer, source.Length - TailBytes, new ParquetFormatException("the footer is longer than the file"));
        }

        byte[] footer = new byte[length];
        source.Read(start, footer);
        return footer;
    }

    private static UserInputException NotParquet(string path) => new($"{path}: this is not a Parquet file");

    private static IEnumerable<ReadNode> Leaves(ReadNode node) =>
        node.Field.Kind == ParquetFieldKind.Leaf ? [node] : node.Children.SelectMany(Leaves);

    private void RequireSense()
    {
        long rows = 0;
        foreach (RowGroup group in _footer.RowGroups)
        {
            rows += Math.Min(group.RowCount, long.MaxValue - rows);
            if (group.Columns.Count != _leaves.Count)
            {
                throw new ParquetFormatException("a row group does not have the columns of the schema");
            }

            foreach ((ColumnChunk chunk, ReadNode leaf) in group.Columns.Zip(_leaves))
            {
                RequireSense(chunk, leaf);
            }
        }

        if (rows != RowCount)
        {
            throw new ParquetFormatException("the row groups do not have the rows that the footer says");
        }
    }

    private void RequireSense(ColumnChunk chunk, ReadNode leaf)
    {
        string column = string.Join('.', chunk.Path);
        if (chunk.IsEncrypted)
        {
            throw ParquetFormatException.Unsupported($"encrypted column '{column}'", "write the file again without encryption");
        }

        if (chunk.IsElsewhere)
        {
            throw ParquetFormatException.Unsupported($"column '{column}' in another file", "write the file again as one");
        }

        if (chunk.Type != leaf.Field.Type)
        {
            throw new ParquetFormatException($"column '{column}' is {chunk.Type} where the schema says {leaf.Field.Type}");
        }

        if (chunk.Start < Magic.Length || chunk.CompressedBytes > _footerStart || chunk.Start > _footerStart - chunk.CompressedBytes)
        {
            throw new ParquetFormatException($"column '{column}' lies outside of the file");
        }
    }

    private ColumnCursor?[] OpenColumns(RowGroup group, ReadNode?[] fields)
    {
        ColumnCursor?[] cursors = new ColumnCursor?[_leaves.Count];
        foreach (ReadNode? field in fields)
        {
            for (int leaf = field?.FirstLeaf ?? 0; field is not null && leaf < field.FirstLeaf + field.LeafCount; leaf++)
            {
                cursors[leaf] = new ColumnCursor(_source, group.Columns[leaf], _leaves[leaf]);
            }
        }

        return cursors;
    }

    private ParquetValue[] ReadRow(RowAssembler assembler)
    {
        ColumnCursor? culprit = null;
        try
        {
            return assembler.ReadRow(out culprit);
        }
        catch (ParquetFormatException exception)
        {
            throw _source.Fault(culprit?.Place ?? Footer, culprit?.Offset ?? _footerStart, exception);
        }
    }

    private void RequireEnd(ColumnCursor?[] cursors)
    {
        foreach (ColumnCursor? cursor in cursors)
        {
            if (cursor is { IsAtEnd: false })
            {
                throw _source.Fault(cursor.Place, cursor.Offset, new ParquetFormatException("the column has more rows than the footer says"));
            }
        }
    }
}
