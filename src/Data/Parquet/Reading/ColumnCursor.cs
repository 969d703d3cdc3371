using NSft.Data.Parquet.Compression;
using NSft.Data.Parquet.Encodings;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Reading;

/// <summary>Walks over the levels and values of one leaf in one row group; holds one page and its column's dictionary.</summary>
internal sealed class ColumnCursor
{
    private const int BatchValues = 1024;

    private readonly ParquetSource _source;
    private readonly ColumnChunk _chunk;
    private readonly ReadNode _leaf;
    private readonly PageReader _pages;
    private readonly int[] _repetitions = new int[BatchValues];
    private readonly int[] _definitions = new int[BatchValues];
    private readonly ParquetValue[] _values = new ParquetValue[BatchValues];
    private ParquetValue[]? _dictionary;
    private DataPage? _page;
    private int _pageLeft;
    private long _chunkLeft;
    private int _count;
    private int _index;
    private int _valueIndex;

    /// <summary>Stands at the first value.</summary>
    /// <param name="source">The file.</param>
    /// <param name="chunk">Where the values lie.</param>
    /// <param name="leaf">The leaf.</param>
    /// <exception cref="Collectives.UserInputException">The first page is broken.</exception>
    public ColumnCursor(ParquetSource source, ColumnChunk chunk, ReadNode leaf)
    {
        _source = source;
        _chunk = chunk;
        _leaf = leaf;
        _pages = new PageReader(source, chunk);
        _chunkLeft = chunk.ValueCount;
        Fill();
    }

    /// <summary>Whether all values were passed.</summary>
    public bool IsAtEnd => _count == 0;

    /// <summary>Repetition level of the value.</summary>
    public int Repetition => _repetitions[_index];

    /// <summary>Definition level of the value.</summary>
    public int Definition => _definitions[_index];

    /// <summary>The value; only there at the largest definition level.</summary>
    public ParquetValue Value => _values[_valueIndex];

    /// <summary>Where the current page starts.</summary>
    public long Offset => _pages.Offset;

    /// <summary>What errors call the column.</summary>
    public string Place => $"column '{string.Join('.', _chunk.Path)}'";

    /// <summary>Goes on to the next value.</summary>
    /// <exception cref="Collectives.UserInputException">The next page is broken.</exception>
    public void Advance()
    {
        if (_definitions[_index] == _leaf.FullFrom)
        {
            _valueIndex++;
        }

        if (++_index == _count)
        {
            Fill();
        }
    }

    private void Fill()
    {
        try
        {
            while (_pageLeft == 0 && _chunkLeft > 0)
            {
                NextPage();
            }

            _index = 0;
            _valueIndex = 0;
            _count = _page is null ? 0 : Math.Min(Math.Min(BatchValues, _page.Values.LargestBatch), _pageLeft);
            _pageLeft -= _count;
            if (_count > 0)
            {
                Decode(_page!);
            }
        }
        catch (ParquetFormatException exception)
        {
            throw _source.Fault(Place, Offset, exception);
        }
    }

    private void Decode(DataPage page)
    {
        page.Repetitions.Read(_repetitions.AsSpan(0, _count));
        Span<int> definitions = _definitions.AsSpan(0, _count);
        page.Definitions.Read(definitions);
        page.Values.Read(_values.AsSpan(0, definitions.Count(_leaf.FullFrom)));
    }

    private void NextPage()
    {
        byte[] body = _pages.Read(out PageHeader header);
        switch (header.Kind)
        {
            case PageKind.Dictionary:
                ReadDictionary(header, body);
                break;
            case PageKind.Data or PageKind.DataV2:
                if (header.ValueCount > _chunkLeft)
                {
                    throw new ParquetFormatException("the pages of a column hold more values than the footer says");
                }

                _page = DataPage.Open(header, body, _chunk.Codec, _leaf, _dictionary);
                _pageLeft = header.ValueCount;
                _chunkLeft -= header.ValueCount;
                break;
            default:
                break; // pages of other kinds hold no values
        }
    }

    private void ReadDictionary(PageHeader header, byte[] body)
    {
        if (_dictionary is not null || _page is not null)
        {
            throw new ParquetFormatException("a dictionary is not the first page of its column");
        }

        if (header.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
        {
            throw new ParquetFormatException($"a dictionary cannot be in encoding {header.Encoding}");
        }

        byte[] plain = PageCodec.Decompress(_chunk.Codec, body, header.UncompressedBytes);
        if (header.ValueCount > plain.Length)
        {
            throw ParquetFormatException.End("a dictionary"); // each value takes at least a byte
        }

        ParquetValue[] values = new ParquetValue[header.ValueCount];
        new PlainDecoder(plain, _leaf.Field.Type, _leaf.Field.TypeLength).Read(values);
        _dictionary = values;
    }
}
