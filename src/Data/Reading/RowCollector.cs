using System.Globalization;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Data.Reading;

/// <summary>Reads all rows of a file: gathers what can be used and says of every other row why not.</summary>
internal static class RowCollector
{
    private const int LongestShownId = 80;

    /// <summary>Reads a file row by row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isStrict">Whether a bad row is an error.</param>
    /// <param name="read">Makes a row of an object, its position and its identifier; throws <see cref="RowRejectedException"/> for a bad one.</param>
    /// <exception cref="UserInputException">The file cannot be read, holds no row that can be used, or is read strictly and holds a bad one.</exception>
    public static ReadOutcome<T> Collect<T>(string path, bool isStrict, Func<JsonElement, int, string, T> read)
    {
        List<T> rows = [];
        List<RowProblem> problems = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (JsonRow row in JsonRowSource.Read(path))
        {
            string? id = null;
            try
            {
                JsonElement element = RequireObject(row);
                id = ReadId(element, row.Row);
                string key = id ?? string.Create(CultureInfo.InvariantCulture, $"row-{row.Row}");
                T value = read(element, row.Row, key);
                if (!ids.Add(key))
                {
                    throw new RowRejectedException($"id '{Shown(key)}' is used by an earlier row", "give every row an id of its own");
                }

                rows.Add(value);
            }
            catch (RowRejectedException exception)
            {
                problems.Add(new RowProblem(path, row.Row, id is null ? null : Shown(id), exception.Message, exception.Hint));
            }
        }

        RequireUsable(path, isStrict, rows.Count, problems);
        return new ReadOutcome<T>(rows, problems);
    }

    /// <summary>The row's value, which must be an object.</summary>
    public static JsonElement RequireObject(JsonRow row)
    {
        if (row.Error is not null)
        {
            throw new RowRejectedException(row.Error, "correct or drop the row");
        }

        return row.Element.ValueKind == JsonValueKind.Object
            ? row.Element
            : throw new RowRejectedException("the row is not a JSON object", "write a row as {\"image\": ..., ...}");
    }

    /// <summary>The row's own identifier, or null.</summary>
    public static string? ReadId(JsonElement element, int row)
    {
        if (!element.TryGetProperty("id", out JsonElement id) || id.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string text = id.ValueKind switch
        {
            JsonValueKind.Number => id.GetRawText(),
            JsonValueKind.String => RowFields.Text(id, "id"),
            _ => throw new RowRejectedException("field 'id' is neither text nor a number", "give the row a text id or none"),
        };
        return text.Length > 0
            ? text
            : throw new RowRejectedException("field 'id' is empty", string.Create(CultureInfo.InvariantCulture, $"leave it out and the row is called row-{row}"));
    }

    private static void RequireUsable(string path, bool isStrict, int usable, List<RowProblem> problems)
    {
        if (problems.Count == 0 && usable == 0)
        {
            throw new UserInputException($"{path}: the file holds no rows");
        }

        if (problems.Count > 0 && (isStrict || usable == 0))
        {
            throw new UserInputException(string.Create(
                CultureInfo.InvariantCulture, $"{problems[0]} ({problems.Count} of {problems.Count + usable} rows cannot be used)"));
        }
    }

    /// <summary>Text of a file as it is shown in a message: short and on one line.</summary>
    public static string Shown(string id)
    {
        string line = new([.. id.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return line.Length <= LongestShownId ? line : string.Concat(line.AsSpan(0, LongestShownId), "...");
    }
}
