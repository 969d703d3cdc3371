namespace NSft.Data.Parquet.Encodings;

/// <summary>Bytes that start as the value before: lengths of the common starts, then the ends.</summary>
internal sealed class DeltaBytesDecoder : ValueDecoder
{
    private const int LargestValue = 1 << 28;

    private readonly DeltaDecoder _prefixes;
    private readonly DeltaLengthDecoder _suffixes;
    private ArraySegment<byte> _last = ArraySegment<byte>.Empty;

    /// <summary>Opens a page.</summary>
    /// <param name="data">The page's values.</param>
    public DeltaBytesDecoder(ArraySegment<byte> data)
    {
        _prefixes = new DeltaDecoder(data);
        _suffixes = new DeltaLengthDecoder(data[new DeltaDecoder(data).SkipToEnd()..]);
    }

    /// <inheritdoc/>
    public override int LargestBatch => 8;

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            _last = Next();
            values[index] = ParquetValue.Bytes(_last);
        }
    }

    private ArraySegment<byte> Next()
    {
        long prefix = _prefixes.Next();
        ArraySegment<byte> suffix = _suffixes.Next();
        if (prefix < 0 || prefix > _last.Count || prefix + suffix.Count > LargestValue)
        {
            throw new ParquetFormatException("a value repeats more than the value before it has");
        }

        if (prefix == 0)
        {
            return suffix;
        }

        if (suffix.Count == 0)
        {
            return _last[..(int)prefix];
        }

        byte[] value = new byte[prefix + suffix.Count];
        _last[..(int)prefix].CopyTo(value);
        suffix.CopyTo(value, (int)prefix);
        return value;
    }
}
