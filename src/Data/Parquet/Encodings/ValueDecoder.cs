namespace NSft.Data.Parquet.Encodings;

/// <summary>Yields the values of a page, nulls left out, in order.</summary>
internal abstract class ValueDecoder
{
    /// <summary>Values that may be asked for at a time; few where values can be much larger than the bytes they are made from.</summary>
    public virtual int LargestBatch => int.MaxValue;

    /// <summary>Fills a span with the next values.</summary>
    /// <exception cref="ParquetFormatException">The page is broken or holds fewer values.</exception>
    public abstract void Read(Span<ParquetValue> values);
}
