namespace NSft.Data.Parquet.Encodings;

/// <summary>Bytes with all their lengths in front, as differences.</summary>
internal sealed class DeltaLengthDecoder : ValueDecoder
{
    private readonly ArraySegment<byte> _data;
    private readonly DeltaDecoder _lengths;
    private int _position;

    /// <summary>Opens a page.</summary>
    /// <param name="data">The page's values.</param>
    public DeltaLengthDecoder(ArraySegment<byte> data)
    {
        _data = data;
        _lengths = new DeltaDecoder(data);
        _position = new DeltaDecoder(data).SkipToEnd();
    }

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = ParquetValue.Bytes(Next());
        }
    }

    /// <summary>The next bytes.</summary>
    public ArraySegment<byte> Next()
    {
        long length = _lengths.Next();
        if (length < 0 || length > _data.Count - _position)
        {
            throw ParquetFormatException.End("a page's values");
        }

        ArraySegment<byte> value = _data.Slice(_position, (int)length);
        _position += (int)length;
        return value;
    }
}
