using NSft.Data.Parquet.Metadata;
using NSft.Data.Parquet.Reading;

namespace NSft.Data.Parquet.Writing;

/// <summary>Gathers the different values of a column in one row group, as long as they are few and small.</summary>
/// <param name="type">Type of the values.</param>
internal sealed class DictionaryBuilder(PhysicalType type)
{
    private const int LargestBytes = 1 << 19;

    private readonly Dictionary<ParquetValue, int> _placeOf = [];
    private readonly ByteBuffer _plain = new();
    private bool _isClosed = type == PhysicalType.Boolean;

    /// <summary>Different values.</summary>
    public int Count => _placeOf.Count;

    /// <summary>The different values one behind the other.</summary>
    public ReadOnlySpan<byte> Plain => _plain.Written;

    /// <summary>Writes the values of a page as places, unless that saves nothing; then no later page is written so either.</summary>
    public bool TryWrite(List<ParquetValue> values, ByteBuffer target)
    {
        if (_isClosed || values.Count == 0)
        {
            return false;
        }

        int length = _plain.Length;
        List<ParquetValue> added = [];
        List<int> places = new(values.Count);
        foreach (ParquetValue value in values)
        {
            if (!_placeOf.TryGetValue(value, out int place))
            {
                place = _placeOf.Count;
                _placeOf.Add(value, place);
                added.Add(value);
                PlainEncoder.Write(value, type, _plain);
            }

            places.Add(place);
            if (_plain.Length > LargestBytes || added.Count > (values.Count / 2) + 1)
            {
                _isClosed = true;
                _plain.CutTo(length);
                added.ForEach(one => _placeOf.Remove(one));
                return false;
            }
        }

        int bitWidth = Math.Max(1, LevelDecoder.BitsFor(_placeOf.Count - 1));
        target.Add((byte)bitWidth);
        HybridEncoder.Write(places, bitWidth, target);
        return true;
    }

    /// <summary>Forgets everything, for the next row group.</summary>
    public void Clear()
    {
        _placeOf.Clear();
        _plain.CutTo(0);
        _isClosed = type == PhysicalType.Boolean;
    }
}
