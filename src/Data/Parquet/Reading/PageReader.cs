using NSft.Data.Parquet.Compression;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Reading;

/// <summary>Reads the pages of one column chunk, one at a time.</summary>
/// <param name="source">The file.</param>
/// <param name="chunk">Where the chunk lies; the caller has checked that it lies within the file.</param>
internal sealed class PageReader(ParquetSource source, ColumnChunk chunk)
{
    // Headers carry the smallest and largest value, which may be long texts.
    private const int FirstHeaderBytes = 256;
    private const int LongestHeaderBytes = 1 << 24;

    private readonly byte[] _window = new byte[FirstHeaderBytes];
    private readonly long _end = chunk.Start + chunk.CompressedBytes;
    private long _next = chunk.Start;

    /// <summary>Where the page read last starts.</summary>
    public long Offset { get; private set; } = chunk.Start;

    /// <summary>Reads the next page as it lies in the file.</summary>
    /// <param name="header">What stands in front of it.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ParquetFormatException">There is none, or it is broken.</exception>
    public byte[] Read(out PageHeader header)
    {
        Offset = _next;
        header = ReadHeader(out int headerBytes);
        if (header.CompressedBytes > _end - Offset - headerBytes)
        {
            throw new ParquetFormatException("a page is longer than its column");
        }

        byte[] body = new byte[header.CompressedBytes];
        source.Read(Offset + headerBytes, body);
        _next = Offset + headerBytes + body.Length;
        if (header.Checksum is uint checksum && Crc32.Of(body) != checksum)
        {
            throw new ParquetFormatException("a page does not have its check sum");
        }

        return body;
    }

    private PageHeader ReadHeader(out int length)
    {
        long left = _end - Offset;
        byte[] window = _window;
        while (true)
        {
            int count = (int)Math.Min(window.Length, left);
            source.Read(Offset, window.AsSpan(0, count));
            try
            {
                return PageHeaderReader.Read(window.AsSpan(0, count), out length);
            }
            catch (ParquetFormatException exception) when (exception.IsEnd && count < left && count < LongestHeaderBytes)
            {
                window = new byte[count * 16];
            }
        }
    }
}
