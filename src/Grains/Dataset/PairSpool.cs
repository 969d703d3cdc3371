using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace NSft.Grains.Dataset;

/// <summary>
/// The usable pairs of a data set as lines of a file, with an index of 8 bytes a pair beside it: any silo reads any stretch of them
/// without asking anyone, and nobody holds them in memory.
/// </summary>
/// <param name="directory">Folder of both files.</param>
internal sealed class PairSpool(string directory)
{
    /// <summary>File of the pairs.</summary>
    internal const string PairFile = "pairs.jsonl";

    /// <summary>File of the index: where each pair begins, and where the last one ends.</summary>
    internal const string IndexFile = "pairs.index";

    internal static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private const int BufferBytes = 1 << 16;

    private string IndexPath => Path.Combine(directory, IndexFile);

    private string PairPath => Path.Combine(directory, PairFile);

    /// <summary>A stretch of pairs, in the order of the data.</summary>
    /// <param name="start">First pair, from 0.</param>
    /// <param name="count">Number of pairs.</param>
    internal SpooledPair[] Read(int start, int count)
    {
        using var index = File.OpenHandle(IndexPath);
        using var pairs = File.OpenHandle(PairPath);
        return ReadStretch(index, pairs, start, count);
    }

    /// <summary>Single pairs in the order given; neighbours are read together.</summary>
    /// <param name="positions">Their positions, from 0, ascending.</param>
    internal IEnumerable<SpooledPair> Read(IReadOnlyList<int> positions)
    {
        if (positions.Count == 0)
        {
            yield break;
        }

        using var index = File.OpenHandle(IndexPath);
        using var pairs = File.OpenHandle(PairPath);
        for (var first = 0; first < positions.Count;)
        {
            var end = first + 1;
            while (end < positions.Count && positions[end] == positions[end - 1] + 1)
            {
                end++;
            }

            foreach (var pair in ReadStretch(index, pairs, positions[first], end - first))
            {
                yield return pair;
            }

            first = end;
        }
    }

    /// <summary>All pairs, one after the other.</summary>
    internal IEnumerable<SpooledPair> ReadAll()
    {
        using var reader = new StreamReader(new FileStream(PairPath, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonSerializer.Deserialize<SpooledPair>(line, Format)!;
        }
    }

    private static SpooledPair[] ReadStretch(SafeFileHandle index, SafeFileHandle pairs, int start, int count)
    {
        var places = new byte[(count + 1) * sizeof(long)];
        ReadExactly(index, places, (long)start * sizeof(long));
        var begin = BinaryPrimitives.ReadInt64LittleEndian(places);
        var bytes = new byte[BinaryPrimitives.ReadInt64LittleEndian(places.AsSpan(count * sizeof(long))) - begin];
        ReadExactly(pairs, bytes, begin);
        var result = new SpooledPair[count];
        for (var position = 0; position < count; position++)
        {
            var from = (int)(BinaryPrimitives.ReadInt64LittleEndian(places.AsSpan(position * sizeof(long))) - begin);
            var to = (int)(BinaryPrimitives.ReadInt64LittleEndian(places.AsSpan((position + 1) * sizeof(long))) - begin);
            result[position] = JsonSerializer.Deserialize<SpooledPair>(bytes.AsSpan(from, to - from), Format)!;
        }

        return result;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("the spool of pairs ends early");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
