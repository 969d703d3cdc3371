using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>Streams files that are one JSON object: its properties, or the rows of one list in it.</summary>
internal static class EntrySource
{
    /// <summary>Every property of an object, one by one.</summary>
    /// <exception cref="UserInputException">The file is missing, unreadable or no JSON object.</exception>
    public static IEnumerable<EntryRow> Properties(string path)
    {
        using FileStream stream = Open(path);
        JsonValueReader reader = new(stream, path);
        _ = reader.Token(out _);
        int row = 0;
        while (reader.Token(out string key) == JsonTokenType.PropertyName)
        {
            row++;
            yield return new EntryRow(key, Value(reader, row));
        }

        _ = reader.Token(out _); // throws on anything behind the object
    }

    /// <summary>Every row of a list that stands in an object; what else is in the object goes into the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="list">Name of the list.</param>
    /// <param name="header">Takes the other properties as raw JSON; complete when the last row was taken.</param>
    /// <exception cref="UserInputException">The file is missing, unreadable, no JSON object or has no such list.</exception>
    public static IEnumerable<JsonRow> List(string path, string list, Dictionary<string, string> header)
    {
        using FileStream stream = Open(path);
        JsonValueReader reader = new(stream, path);
        _ = reader.Token(out _);
        int row = 0;
        bool isFound = false;
        while (reader.Token(out string key) == JsonTokenType.PropertyName)
        {
            if (key != list)
            {
                JsonRow other = Value(reader, 0);
                header[key] = other.Error is null ? other.Element.GetRawText() : throw new UserInputException($"{path}: {other.Error}");
                continue;
            }

            if (isFound || reader.Token(out _) != JsonTokenType.StartArray)
            {
                throw new UserInputException($"{path}: '{list}' is not one list of rows");
            }

            isFound = true;
            while (TryValue(reader, row + 1, out JsonRow next))
            {
                row++;
                yield return next;
            }
        }

        _ = reader.Token(out _);
        if (!isFound)
        {
            throw new UserInputException($"{path}: the file has no list '{list}'");
        }
    }

    private static FileStream Open(string path) => JsonRowSource.FirstByte(path) == (byte)'{'
        ? JsonRowSource.OpenText(path)
        : throw new UserInputException($"{path}: the file is not a JSON object");

    private static JsonRow Value(JsonValueReader reader, int row) => TryValue(reader, row, out JsonRow next) ? next : new JsonRow(row, default, "the value is missing");

    private static bool TryValue(JsonValueReader reader, int row, out JsonRow next)
    {
        bool hasNext = reader.Value(out ReadOnlySpan<byte> json);
        next = hasNext ? JsonRowSource.Parse(row, json) : default;
        return hasNext;
    }
}
