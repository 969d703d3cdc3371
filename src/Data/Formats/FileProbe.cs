using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Data.Reading;

namespace NSft.Data.Formats;

/// <summary>What the beginning of a file shows: enough to tell formats apart, whatever the file's length.</summary>
internal sealed class FileProbe
{
    private const int MostRows = 8;
    private const int FirstPrefixBytes = 1 << 20;
    private const int LastPrefixBytes = 1 << 25;

    private FileProbe(string path) => Path = path;

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>Whether it is a folder; then nothing else is known.</summary>
    public bool IsFolder => Directory.Exists(Path);

    /// <summary>The first elements of a list, or the first of several values one behind another.</summary>
    public IReadOnlyList<JsonElement> Rows { get; private set; } = [];

    /// <summary>The first properties when the file begins with an object.</summary>
    public IReadOnlyList<ProbeEntry> Entries { get; private set; } = [];

    /// <summary>Looks at a file or folder.</summary>
    /// <exception cref="UserInputException">The file is missing, unreadable, empty or not UTF-8 text.</exception>
    public static FileProbe Of(string path)
    {
        FileProbe probe = new(path);
        if (probe.IsFolder)
        {
            return probe;
        }

        if (ParquetReader.HasMagic(path))
        {
            probe.Rows = [.. JsonRowSource.Read(path).Where(row => row.Error is null).Take(MostRows).Select(row => row.Element)];
            return probe;
        }

        byte first = JsonRowSource.FirstByte(path);
        for (int bytes = FirstPrefixBytes; first is (byte)'[' or (byte)'{' && probe.Rows.Count == 0 && bytes <= LastPrefixBytes; bytes <<= 5)
        {
            byte[] prefix = Prefix(path, bytes);
            probe.Rows = Attempt<JsonElement>(prefix, first == (byte)'[' ? ReadArray : ReadValues);
            probe.Entries = first == (byte)'{' ? Attempt<ProbeEntry>(prefix, ReadEntries) : [];
            if (prefix.Length < bytes)
            {
                break;
            }
        }

        return probe;
    }

    /// <summary>Whether at least half of the rows that are objects are as a format has them.</summary>
    public bool HasRows(Func<JsonElement, bool> fits)
    {
        JsonElement[] rows = [.. Rows.Where(row => row.ValueKind == JsonValueKind.Object)];
        return rows.Length > 0 && rows.Count(fits) * 2 >= rows.Length;
    }

    private static byte[] Prefix(string path, int bytes)
    {
        using FileStream stream = JsonRowSource.OpenText(path);
        byte[] prefix = new byte[Math.Min(bytes, stream.Length)];
        return prefix[..stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false)];
    }

    // What is broken behind the first rows is told when the file is read.
    private static List<T> Attempt<T>(byte[] prefix, Action<byte[], List<T>> read)
    {
        List<T> found = [];
        try
        {
            read(prefix, found);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return found;
        }

        return found;
    }

    private static void ReadArray(byte[] prefix, List<JsonElement> rows)
    {
        Utf8JsonReader reader = new(prefix, isFinalBlock: false, default);
        _ = reader.Read();
        ReadItems(prefix, ref reader, rows);
    }

    private static void ReadValues(byte[] prefix, List<JsonElement> rows)
    {
        JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = true });
        Utf8JsonReader reader = new(prefix, isFinalBlock: false, state);
        ReadItems(prefix, ref reader, rows);
    }

    private static void ReadItems(byte[] prefix, ref Utf8JsonReader reader, List<JsonElement> items)
    {
        while (items.Count < MostRows && reader.Read() && reader.TokenType != JsonTokenType.EndArray && TryTake(prefix, ref reader, out JsonElement item))
        {
            items.Add(item);
        }
    }

    private static void ReadEntries(byte[] prefix, List<ProbeEntry> entries)
    {
        Utf8JsonReader reader = new(prefix, isFinalBlock: false, default);
        _ = reader.Read();
        while (entries.Count < MostRows && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            Utf8JsonReader items = reader;
            if (!reader.Read())
            {
                return;
            }

            if (TryTake(prefix, ref reader, out JsonElement value))
            {
                entries.Add(new ProbeEntry(name, value, value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Take(MostRows)] : []));
                continue;
            }

            List<JsonElement> first = [];
            entries.Add(new ProbeEntry(name, default, first));
            if (items.Read() && items.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(prefix, ref items, first);
            }

            return;
        }
    }

    private static bool TryTake(byte[] prefix, ref Utf8JsonReader reader, out JsonElement value)
    {
        int start = (int)reader.TokenStartIndex;
        bool isWhole = reader.TrySkip();
        value = isWhole ? JsonElement.Parse(prefix.AsSpan(start, (int)reader.BytesConsumed - start)) : default;
        return isWhole;
    }
}
