using System.Text.Json;
using System.Text.Unicode;
using NSft.Collectives;
using NSft.Data.Parquet;
using NSft.Data.Parquet.Rows;

namespace NSft.Data.Reading;

/// <summary>The rows of a file that holds a JSON array, or one JSON object a line; or of a Parquet file.</summary>
internal static class JsonRowSource
{
    private const string NotUtf8 = "text is not valid UTF-8";
    private const string Neither = "the file is neither a JSON array of rows nor one JSON object a line";

    /// <summary>The three bytes that some editors put in front of UTF-8 text.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Every row in file order; all forms are streamed.</summary>
    /// <exception cref="UserInputException">
    /// The file is missing, unreadable, empty, or neither an array nor JSON lines; or, while rows are taken, the array stops being JSON.
    /// </exception>
    public static IEnumerable<JsonRow> Read(string path)
    {
        if (ParquetReader.HasMagic(path))
        {
            return ParquetRowSource.Read(path);
        }

        return FirstByte(path) switch
        {
            (byte)'[' => ReadArray(path),
            (byte)'{' => ReadLines(path),
            _ => throw new UserInputException($"{path}: {Neither}"),
        };
    }

    /// <summary>The first byte that is not white space.</summary>
    /// <exception cref="UserInputException">The file is missing, unreadable, empty or not UTF-8 text.</exception>
    public static byte FirstByte(string path)
    {
        using FileStream stream = Open(path);
        Span<byte> start = stackalloc byte[4];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (ForeignEncoding(start) is string encoding)
        {
            throw new UserInputException($"{path}: the file is {encoding}; save it as UTF-8 text");
        }

        stream.Position = start.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        int next;
        do
        {
            next = stream.ReadByte();
        }
        while (next is ' ' or '\t' or '\r' or '\n');
        return next < 0 ? throw new UserInputException($"{path}: the file is empty") : (byte)next;
    }

    /// <summary>Opens a file behind its byte order mark.</summary>
    /// <exception cref="UserInputException">The file is missing or unreadable.</exception>
    public static FileStream OpenText(string path)
    {
        FileStream stream = Open(path);
        Span<byte> mark = stackalloc byte[ByteOrderMark.Length];
        if (stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual(ByteOrderMark))
        {
            stream.Position = 0;
        }

        return stream;
    }

    /// <summary>A value's bytes as a row.</summary>
    public static JsonRow Parse(int row, ReadOnlySpan<byte> json) =>
        Utf8.IsValid(json) ? new JsonRow(row, JsonElement.Parse(json), null) : new JsonRow(row, default, NotUtf8);

    private static string? ForeignEncoding(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => "UTF-32",
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "UTF-16",
        [not 0, 0, not 0, 0] or [0, not 0, 0, not 0] => "UTF-16 without a byte order mark",
        [0x1F, 0x8B, ..] => "compressed (gzip)",
        [0x28, 0xB5, 0x2F, 0xFD] => "compressed (zstandard)",
        [(byte)'P', (byte)'K', 3, 4] => "a zip archive",
        _ => null,
    };

    private static IEnumerable<JsonRow> ReadArray(string path)
    {
        using FileStream stream = OpenText(path);
        JsonValueReader reader = new(stream, path);
        _ = reader.Token(out _);
        int row = 0;
        while (TryNext(reader, row + 1, out JsonRow next))
        {
            row++;
            yield return next;
        }

        _ = reader.Token(out _); // throws on anything behind the array
    }

    private static bool TryNext(JsonValueReader reader, int row, out JsonRow next)
    {
        bool hasNext = reader.Value(out ReadOnlySpan<byte> json);
        next = hasNext ? Parse(row, json) : default;
        return hasNext;
    }

    private static IEnumerable<JsonRow> ReadLines(string path)
    {
        using FileStream stream = Open(path);
        ByteLineReader reader = new(stream, path);
        int row = 0;
        int lineNumber = 0;
        while (reader.ReadLine() is byte[] line)
        {
            lineNumber++;
            if (line.AsSpan().Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            row++;
            JsonRow parsed = ParseLine(row, line, lineNumber);
            if (row == 1 && parsed.Error is not null)
            {
                RequireLines(path);
            }

            yield return parsed;
        }
    }

    private static JsonRow ParseLine(int row, byte[] line, int lineNumber)
    {
        if (!Utf8.IsValid(line))
        {
            return new JsonRow(row, default, NotUtf8);
        }

        try
        {
            Utf8JsonReader reader = new(line);
            JsonElement element = JsonElement.ParseValue(ref reader);
            _ = reader.Read(); // throws on anything behind the value
            return new JsonRow(row, element, null);
        }
        catch (JsonException exception)
        {
            return new JsonRow(row, default, $"not valid JSON at {JsonValueReader.Place(exception, lineNumber)}");
        }
    }

    // A pretty-printed object starts with "{" too: then no line holds a row of its own.
    private static void RequireLines(string path)
    {
        using FileStream stream = Open(path);
        ByteLineReader reader = new(stream, path);
        int lineCount = 0;
        while (reader.ReadLine() is byte[] line)
        {
            if (line.AsSpan().Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            lineCount++;
            if (lineCount > 1 && line[0] == (byte)'{')
            {
                return;
            }
        }

        throw new UserInputException($"{path}: {Neither}");
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserInputException($"{path}: no such file", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the file cannot be read", exception);
        }
    }
}
