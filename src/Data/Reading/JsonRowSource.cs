using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using NSft.Collectives;

namespace NSft.Data.Reading;

/// <summary>The rows of a file that holds a JSON array, or one JSON object a line.</summary>
internal static class JsonRowSource
{
    private const string NotUtf8 = "text is not valid UTF-8";

    /// <summary>The three bytes that some editors put in front of UTF-8 text.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Every row in file order; JSON lines are streamed, an array is parsed whole.</summary>
    /// <exception cref="UserInputException">The file is missing, unreadable, empty, not JSON, or neither an array nor JSON lines.</exception>
    public static IEnumerable<JsonRow> Read(string path)
    {
        return FirstByte(path) switch
        {
            null => throw new UserInputException($"{path}: the file is empty"),
            (byte)'[' => ReadArray(path),
            (byte)'{' => ReadLines(path),
            _ => throw new UserInputException($"{path}: the file is neither a JSON array of rows nor one JSON object a line"),
        };
    }

    private static byte? FirstByte(string path)
    {
        using FileStream stream = Open(path);
        Span<byte> mark = stackalloc byte[ByteOrderMark.Length];
        if (stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual(ByteOrderMark))
        {
            stream.Position = 0;
        }

        int next;
        do
        {
            next = stream.ReadByte();
        }
        while (next is ' ' or '\t' or '\r' or '\n');
        return next < 0 ? null : (byte)next;
    }

    private static IEnumerable<JsonRow> ReadArray(string path)
    {
        using JsonDocument document = ParseWhole(path);
        int row = 0;
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            row++;
            yield return Utf8.IsValid(JsonMarshal.GetRawUtf8Value(element))
                ? new JsonRow(row, element, null)
                : new JsonRow(row, default, NotUtf8);
        }
    }

    private static JsonDocument ParseWhole(string path)
    {
        byte[] bytes;
        using (FileStream stream = Open(path))
        {
            if (stream.Length > Array.MaxLength)
            {
                throw new UserInputException($"{path}: a JSON array of more than 2 GB cannot be read; write one JSON object a line instead");
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }

        ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes.AsMemory(ByteOrderMark.Length) : bytes;
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            throw new UserInputException($"{path}: not valid JSON at {Place(exception, 1)}", exception);
        }
    }

    private static IEnumerable<JsonRow> ReadLines(string path)
    {
        using FileStream stream = Open(path);
        ByteLineReader reader = new(stream);
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
            return new JsonRow(row, default, $"not valid JSON at {Place(exception, lineNumber)}");
        }
    }

    // A pretty-printed object starts with "{" too: then no line holds a row of its own.
    private static void RequireLines(string path)
    {
        using FileStream stream = Open(path);
        ByteLineReader reader = new(stream);
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

        throw new UserInputException($"{path}: the file is neither a JSON array of rows nor one JSON object a line");
    }

    private static string Place(JsonException exception, int firstLine) => string.Create(
        CultureInfo.InvariantCulture, $"line {(exception.LineNumber ?? 0) + firstLine}, position {(exception.BytePositionInLine ?? 0) + 1}");

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
