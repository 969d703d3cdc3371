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
        where T : class
    {
        List<T> rows = [];
        List<RowProblem> problems = [];
        foreach (RowResult<T> row in RowStream.Checked(RowStream.Read(path, read), path, isStrict, row => row.Problem))
        {
            if (row.Value is T value)
            {
                rows.Add(value);
            }
            else
            {
                problems.Add(row.Problem!);
            }
        }

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

    /// <summary>Text of a file as it is shown in a message: short and on one line.</summary>
    public static string Shown(string id)
    {
        string line = new([.. id.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return line.Length <= LongestShownId ? line : string.Concat(line.AsSpan(0, LongestShownId), "...");
    }
}
