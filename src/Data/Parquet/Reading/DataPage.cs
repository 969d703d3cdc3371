using System.Buffers.Binary;
using NSft.Data.Parquet.Compression;
using NSft.Data.Parquet.Encodings;
using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Reading;

/// <summary>A data page of either version, cut into levels and values.</summary>
internal sealed class DataPage
{
    private DataPage(ReadNode leaf, ArraySegment<byte>? repetitions, ArraySegment<byte>? definitions, ValueDecoder values)
    {
        Repetitions = new LevelDecoder(repetitions, leaf.RepetitionLevel);
        Definitions = new LevelDecoder(definitions, leaf.FullFrom);
        Values = values;
    }

    /// <summary>Its repetition levels.</summary>
    public LevelDecoder Repetitions { get; }

    /// <summary>Its definition levels.</summary>
    public LevelDecoder Definitions { get; }

    /// <summary>Its values.</summary>
    public ValueDecoder Values { get; }

    /// <summary>Opens a page.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="body">Its bytes in the file.</param>
    /// <param name="codec">How they are compressed.</param>
    /// <param name="leaf">The leaf that it belongs to.</param>
    /// <param name="dictionary">The column's dictionary, when one was read.</param>
    /// <exception cref="ParquetFormatException">It is broken.</exception>
    public static DataPage Open(PageHeader header, byte[] body, Codec codec, ReadNode leaf, ParquetValue[]? dictionary) =>
        header.Kind == PageKind.DataV2 ? OpenV2(header, body, codec, leaf, dictionary) : OpenV1(header, body, codec, leaf, dictionary);

    private static DataPage OpenV1(PageHeader header, byte[] body, Codec codec, ReadNode leaf, ParquetValue[]? dictionary)
    {
        ArraySegment<byte> rest = PageCodec.Decompress(codec, body, header.UncompressedBytes);
        ArraySegment<byte>? repetitions = leaf.RepetitionLevel == 0 ? default(ArraySegment<byte>?) : TakeLevels(ref rest, header.RepetitionEncoding);
        ArraySegment<byte>? definitions = leaf.FullFrom == 0 ? default(ArraySegment<byte>?) : TakeLevels(ref rest, header.DefinitionEncoding);
        return new DataPage(leaf, repetitions, definitions, ValueDecoders.Open(header.Encoding, rest, leaf.Field, dictionary));
    }

    private static DataPage OpenV2(PageHeader header, byte[] body, Codec codec, ReadNode leaf, ParquetValue[]? dictionary)
    {
        long levelBytes = (long)header.RepetitionBytes + header.DefinitionBytes;
        if (levelBytes > body.Length || levelBytes > header.UncompressedBytes)
        {
            throw ParquetFormatException.End("a page's levels");
        }

        ArraySegment<byte> all = body;
        ArraySegment<byte>? repetitions = leaf.RepetitionLevel == 0 ? default(ArraySegment<byte>?) : all[..header.RepetitionBytes];
        ArraySegment<byte>? definitions = leaf.FullFrom == 0 ? default(ArraySegment<byte>?) : all.Slice(header.RepetitionBytes, header.DefinitionBytes);
        ArraySegment<byte> values = all[(int)levelBytes..];
        int length = header.UncompressedBytes - (int)levelBytes;
        if (header.IsCompressed && codec != Codec.Uncompressed && values.Count > 0)
        {
            values = PageCodec.Decompress(codec, values, length);
        }

        return new DataPage(leaf, repetitions, definitions, ValueDecoders.Open(header.Encoding, values, leaf.Field, dictionary));
    }

    private static ArraySegment<byte> TakeLevels(ref ArraySegment<byte> rest, PageEncoding encoding)
    {
        if (encoding != PageEncoding.Rle)
        {
            throw ParquetFormatException.Unsupported($"encoding {encoding} of levels", "write the file again with a current writer");
        }

        if (rest.Count < sizeof(int))
        {
            throw ParquetFormatException.End("a page's levels");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        if (length < 0 || length > rest.Count)
        {
            throw ParquetFormatException.End("a page's levels");
        }

        ArraySegment<byte> levels = rest[..length];
        rest = rest[length..];
        return levels;
    }
}
