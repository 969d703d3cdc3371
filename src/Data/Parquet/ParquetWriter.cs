using System.Buffers.Binary;
using NSft.Data.Parquet.Metadata;
using NSft.Data.Parquet.Writing;

namespace NSft.Data.Parquet;

/// <summary>Writes a Parquet file row by row, holding one row group in memory.</summary>
internal sealed class ParquetWriter
{
    private const string RootName = "schema";

    private readonly Stream _target;
    private readonly ParquetSchema _schema;
    private readonly ParquetWriteOptions _options;
    private readonly List<WriteNode> _fields = [];
    private readonly List<ColumnBuffer> _columns = [];
    private readonly List<RowGroup> _groups = [];
    private readonly RowSplitter _splitter;
    private long _offset;
    private long _rows;
    private int _groupRows;

    /// <summary>Starts a file.</summary>
    /// <param name="target">Where it goes; written from front to back.</param>
    /// <param name="schema">The columns, at least one.</param>
    /// <param name="options">How to write.</param>
    public ParquetWriter(Stream target, ParquetSchema schema, ParquetWriteOptions options)
    {
        _target = target;
        _schema = schema;
        _options = options;
        int leaves = 0;
        foreach (ParquetField field in schema.Fields)
        {
            _fields.Add(WriteNode.Of(field, 0, 0, ref leaves));
        }

        _columns.AddRange(_fields.SelectMany(field => field.Leaves([])).Select(leaf => new ColumnBuffer(leaf.Leaf, leaf.Path, options.Codec)));
        _splitter = new RowSplitter(_columns);
        target.Write(ParquetReader.Magic);
        _offset = ParquetReader.Magic.Length;
    }

    /// <summary>Appends a row.</summary>
    /// <param name="row">One value a column.</param>
    /// <exception cref="ParquetFormatException">A value does not fit its column; the message names both, and nothing was appended.</exception>
    public void Write(ReadOnlySpan<ParquetValue> row)
    {
        for (int index = 0; index < _fields.Count; index++)
        {
            ValueCheck.Require(_schema.Fields[index], row[index]);
        }

        for (int index = 0; index < _fields.Count; index++)
        {
            _splitter.Add(_fields[index], row[index]);
        }

        _groupRows++;
        _columns.ForEach(column => column.EndRow());
        if (_groupRows >= _options.RowGroupRows || _columns.Sum(column => column.HeldBytes) >= _options.RowGroupBytes)
        {
            EndGroup();
        }
    }

    /// <summary>Writes what is left and the footer; the stream stays open.</summary>
    public void Finish()
    {
        EndGroup();
        List<SchemaElement> elements = [new SchemaElement { Name = RootName, ChildCount = _fields.Count }];
        _fields.ForEach(field => field.Describe(elements));
        byte[] footer = FooterWriter.Write(new FileFooter(elements, _rows, _groups, _options.KeyValues));
        _target.Write(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        _target.Write(length);
        _target.Write(ParquetReader.Magic);
    }

    private void EndGroup()
    {
        if (_groupRows == 0)
        {
            return;
        }

        List<ColumnChunk> chunks = [];
        foreach (ColumnBuffer column in _columns)
        {
            chunks.Add(column.Flush(_target, ref _offset));
        }

        _groups.Add(new RowGroup(chunks, _groupRows));
        _rows += _groupRows;
        _groupRows = 0;
    }
}
