using System.IO.Compression;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Compression;

/// <summary>Compresses and decompresses the bytes of pages.</summary>
internal static class PageCodec
{
    private const int FirstBufferBytes = 1 << 16;

    /// <summary>Decompresses a page.</summary>
    /// <param name="codec">How it is compressed.</param>
    /// <param name="bytes">The bytes in the file.</param>
    /// <param name="length">Bytes that it must have; not trusted: memory is taken as bytes come out.</param>
    /// <exception cref="ParquetFormatException">The bytes are broken, have another length, or the codec is not supported.</exception>
    public static byte[] Decompress(Codec codec, ArraySegment<byte> bytes, int length)
    {
        switch (codec)
        {
            case Codec.Uncompressed:
                return bytes.Count == length ? Whole(bytes) : throw new ParquetFormatException("an uncompressed page does not have the length that it says");
            case Codec.Snappy:
                return SnappyDecoder.Decode(bytes, length);
            case Codec.Lz4Raw:
                return Lz4Decoder.Decode(bytes, length);
            case Codec.Gzip:
                using (GZipStream gzip = new(AsStream(bytes), CompressionMode.Decompress))
                {
                    return Drain(gzip, length);
                }

            case Codec.Brotli:
                using (BrotliStream brotli = new(AsStream(bytes), CompressionMode.Decompress))
                {
                    return Drain(brotli, length);
                }

            default:
                throw ParquetFormatException.Unsupported(
                    $"codec {codec.ToString().ToUpperInvariant()}", "write the file again with SNAPPY, LZ4_RAW, GZIP, BROTLI or no compression");
        }
    }

    /// <summary>Compresses a page.</summary>
    public static byte[] Compress(Codec codec, byte[] bytes)
    {
        switch (codec)
        {
            case Codec.Uncompressed:
                return bytes;
            case Codec.Snappy:
                return SnappyEncoder.Encode(bytes);
            case Codec.Gzip:
                using (MemoryStream target = new())
                {
                    using (GZipStream gzip = new(target, CompressionLevel.Optimal, leaveOpen: true))
                    {
                        gzip.Write(bytes);
                    }

                    return target.ToArray();
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(codec), codec, "pages are not written so");
        }
    }

    private static MemoryStream AsStream(ArraySegment<byte> bytes) => new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);

    private static byte[] Whole(ArraySegment<byte> bytes) => bytes.Offset == 0 && bytes.Count == bytes.Array!.Length ? bytes.Array : bytes.ToArray();

    private static byte[] Drain(Stream stream, int length)
    {
        byte[] target = new byte[Math.Min(length, FirstBufferBytes)];
        int written = 0;
        try
        {
            while (true)
            {
                int count = stream.Read(target, written, target.Length - written);
                written += count;
                if (written == length)
                {
                    return stream.ReadByte() < 0 ? target : throw new ParquetFormatException("a compressed page is longer than it says");
                }

                if (count == 0)
                {
                    throw ParquetFormatException.End("a compressed page");
                }

                if (written == target.Length)
                {
                    Array.Resize(ref target, (int)Math.Min(length, 2L * written));
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or InvalidOperationException)
        {
            throw new ParquetFormatException($"a compressed page is damaged: {exception.Message}");
        }
    }
}
