using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Reading;

namespace NSft.Data.Preferences;

/// <summary>Files of ratings and critiques: JSON lines, strict, one object a row.</summary>
internal static class RowFile
{
    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public static void Write<T>(string path, IEnumerable<T> rows) => AtomicFile.Write(path, stream =>
    {
        foreach (T row in rows)
        {
            JsonSerializer.Serialize(stream, row, PreferenceJson.Lines);
            stream.Write("\n"u8);
        }
    });

    /// <summary>Reads rows, one after the other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Makes a row of an object; throws <see cref="RowRejectedException"/> for a bad one.</param>
    /// <exception cref="UserInputException">The file cannot be read, or a row is bad: names it.</exception>
    public static IEnumerable<T> Read<T>(string path, Func<JsonElement, int, T> read)
    {
        foreach (JsonRow row in JsonRowSource.Read(path))
        {
            T made;
            try
            {
                made = row.Error is null && row.Element.ValueKind == JsonValueKind.Object
                    ? read(row.Element, row.Row)
                    : throw new RowRejectedException(row.Error ?? "the row is no JSON object", "write one object a line");
            }
            catch (RowRejectedException exception)
            {
                throw new UserInputException(new RowProblem(path, row.Row, null, exception.Message, exception.Hint).ToString(), exception);
            }

            yield return made;
        }
    }

    /// <summary>A list of a row.</summary>
    public static IEnumerable<JsonElement> List(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new RowRejectedException($"field '{name}' is missing or not a list", "write the file with NSft, or as it does");

    /// <summary>A text of a row that may be left out.</summary>
    public static string? Optional(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? RowFields.Text(value, name) : null;
}
