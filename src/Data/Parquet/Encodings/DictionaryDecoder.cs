namespace NSft.Data.Parquet.Encodings;

/// <summary>Values as places in the column's dictionary.</summary>
/// <param name="data">The width of a place in bits, then the places.</param>
/// <param name="dictionary">The values.</param>
internal sealed class DictionaryDecoder(ArraySegment<byte> data, ParquetValue[] dictionary) : ValueDecoder
{
    private readonly HybridDecoder _places = Open(data);
    private int[] _buffer = [];

    /// <inheritdoc/>
    public override void Read(Span<ParquetValue> values)
    {
        if (_buffer.Length < values.Length)
        {
            _buffer = new int[values.Length];
        }

        Span<int> places = _buffer.AsSpan(0, values.Length);
        _places.Read(places);
        for (int index = 0; index < places.Length; index++)
        {
            int place = places[index];
            values[index] = (uint)place < (uint)dictionary.Length
                ? dictionary[place]
                : throw new ParquetFormatException("a value is not in the column's dictionary");
        }
    }

    // A page of nulls alone may have no bytes at all.
    private static HybridDecoder Open(ArraySegment<byte> data)
    {
        if (data.Count == 0)
        {
            return new HybridDecoder(data, 0);
        }

        return data[0] <= HybridDecoder.WidestBits
            ? new HybridDecoder(data[1..], data[0])
            : throw new ParquetFormatException("places in the dictionary are wider than 32 bits");
    }
}
