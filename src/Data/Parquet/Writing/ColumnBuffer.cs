using NSft.Data.Parquet.Compression;
using NSft.Data.Parquet.Metadata;
using NSft.Data.Parquet.Reading;

namespace NSft.Data.Parquet.Writing;

/// <summary>Gathers the levels and values of one leaf in one row group as compressed pages.</summary>
/// <param name="leaf">The leaf.</param>
/// <param name="path">Its names from the root down.</param>
/// <param name="codec">How pages are compressed.</param>
internal sealed class ColumnBuffer(WriteNode leaf, IReadOnlyList<string> path, Codec codec)
{
    private const int PageBytes = 1 << 20;
    private const int PageEntries = 1 << 16;
    private const int NumberBytes = 8;

    private readonly List<int> _repetitions = [];
    private readonly List<int> _definitions = [];
    private readonly List<ParquetValue> _values = [];
    private readonly ByteBuffer _page = new();
    private readonly ByteBuffer _runs = new();
    private readonly List<byte[]> _pages = [];
    private readonly DictionaryBuilder _dictionary = new(leaf.Field.Type);
    private readonly HashSet<PageEncoding> _encodings = [];
    private long _valueBytes;
    private long _pageBytes;
    private long _entries;
    private long _uncompressedBytes;

    /// <summary>Bytes held in memory.</summary>
    public long HeldBytes => _pageBytes + _valueBytes;

    /// <summary>Appends an entry without a value: null, or a list or struct above it that is null or empty.</summary>
    public void AddNull(int repetition, int definition)
    {
        _repetitions.Add(repetition);
        _definitions.Add(definition);
    }

    /// <summary>Appends a value.</summary>
    public void Add(int repetition, int definition, ParquetValue value)
    {
        AddNull(repetition, definition);
        _values.Add(value);
        _valueBytes += value.Kind == ParquetKind.Bytes ? value.AsBytes.Length + sizeof(int) : NumberBytes;
    }

    /// <summary>Ends a page when it is large enough; called between rows, since a page must not cut a row.</summary>
    public void EndRow()
    {
        if (_valueBytes >= PageBytes || _definitions.Count >= PageEntries)
        {
            EndPage();
        }
    }

    /// <summary>Writes all pages, the dictionary first, and starts anew.</summary>
    /// <param name="target">The file.</param>
    /// <param name="offset">Bytes of the file so far; moved on.</param>
    public ColumnChunk Flush(Stream target, ref long offset)
    {
        EndPage();
        long start = offset;
        long? dictionaryOffset = null;
        if (_dictionary.Count > 0)
        {
            dictionaryOffset = offset;
            Write(target, Compose(new PageHeader { Kind = PageKind.Dictionary, ValueCount = _dictionary.Count }, _dictionary.Plain.ToArray()), ref offset);
            _encodings.Add(PageEncoding.Plain);
        }

        long dataOffset = offset;
        foreach (byte[] page in _pages)
        {
            Write(target, page, ref offset);
        }

        _encodings.Add(PageEncoding.Rle);
        ColumnChunk chunk = new()
        {
            Type = leaf.Field.Type,
            Path = path,
            Codec = codec,
            Encodings = [.. _encodings.Order()],
            ValueCount = _entries,
            UncompressedBytes = _uncompressedBytes,
            CompressedBytes = offset - start,
            DataOffset = dataOffset,
            DictionaryOffset = dictionaryOffset,
        };
        Reset();
        return chunk;
    }

    private static void Write(Stream target, byte[] page, ref long offset)
    {
        target.Write(page);
        offset += page.Length;
    }

    private void Reset()
    {
        _pages.Clear();
        _encodings.Clear();
        _dictionary.Clear();
        _entries = 0;
        _pageBytes = 0;
        _uncompressedBytes = 0;
    }

    private void EndPage()
    {
        if (_definitions.Count == 0)
        {
            return;
        }

        _page.CutTo(0);
        WriteLevels(_repetitions, leaf.RepetitionLevel);
        WriteLevels(_definitions, leaf.DefinitionLevel);
        PageEncoding encoding = PageEncoding.RleDictionary;
        if (!_dictionary.TryWrite(_values, _page))
        {
            encoding = PageEncoding.Plain;
            PlainEncoder.Write(_values, leaf.Field.Type, _page);
        }

        byte[] page = Compose(new PageHeader { Kind = PageKind.Data, ValueCount = _definitions.Count, Encoding = encoding }, _page.Written.ToArray());
        _encodings.Add(encoding);
        _pages.Add(page);
        _pageBytes += page.Length;
        _entries += _definitions.Count;
        _repetitions.Clear();
        _definitions.Clear();
        _values.Clear();
        _valueBytes = 0;
    }

    private byte[] Compose(PageHeader header, byte[] plain)
    {
        byte[] body = PageCodec.Compress(codec, plain);
        byte[] head = FooterWriter.Write(header with { UncompressedBytes = plain.Length, CompressedBytes = body.Length, Checksum = Crc32.Of(body) });
        _uncompressedBytes += head.Length + plain.Length;
        return [.. head, .. body];
    }

    private void WriteLevels(List<int> levels, int largest)
    {
        if (largest == 0)
        {
            return;
        }

        _runs.CutTo(0);
        HybridEncoder.Write(levels, LevelDecoder.BitsFor(largest), _runs);
        _page.AddInt32(_runs.Length);
        _page.Add(_runs.Written);
    }
}
