using System.Globalization;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Data.Reading;

/// <summary>Reads the rows of a file one by one and keeps none: what can be used, and of every other row why not.</summary>
internal static class RowStream
{
    /// <summary>Reads a file row by row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Makes a row of an object, its position and its identifier; throws <see cref="RowRejectedException"/> for a bad one.</param>
    /// <exception cref="UserInputException">While rows are taken: the file cannot be read or is no JSON.</exception>
    public static IEnumerable<RowResult<T>> Read<T>(string path, Func<JsonElement, int, string, T> read)
        where T : class
    {
        RowNames names = new();
        foreach (JsonRow row in JsonRowSource.Read(path))
        {
            yield return Read(path, row, names, read);
        }
    }

    /// <summary>Passes rows on and, behind the last one, refuses a file that cannot be used.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="isStrict">Whether a bad row is an error.</param>
    /// <param name="problemOf">The problem of a row, or null.</param>
    /// <exception cref="UserInputException">Behind the last row: the file holds no row that can be used, or is read strictly and holds a bad one.</exception>
    public static IEnumerable<T> Checked<T>(IEnumerable<T> rows, string path, bool isStrict, Func<T, RowProblem?> problemOf)
    {
        RowProblem? first = null;
        int bad = 0;
        int total = 0;
        foreach (T row in rows)
        {
            total++;
            if (problemOf(row) is RowProblem problem)
            {
                first ??= problem;
                bad++;
            }

            yield return row;
        }

        if (total == 0)
        {
            throw new UserInputException($"{path}: the file holds no rows");
        }

        if (first is not null && (isStrict || bad == total))
        {
            throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{first} ({bad} of {total} rows cannot be used)"));
        }
    }

    private static RowResult<T> Read<T>(string path, JsonRow row, RowNames names, Func<JsonElement, int, string, T> read)
        where T : class
    {
        string? id = null;
        try
        {
            JsonElement element = RowCollector.RequireObject(row);
            id = RowCollector.ReadId(element, row.Row);
            string key = id ?? string.Create(CultureInfo.InvariantCulture, $"row-{row.Row}");
            T value = read(element, row.Row, key);
            return names.Add(id, row.Row)
                ? new RowResult<T>(value, null)
                : throw new RowRejectedException($"id '{RowCollector.Shown(key)}' is used by an earlier row", "give every row an id of its own");
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a character; it shows when a field is looked up by name.
            return new RowResult<T>(null, new RowProblem(path, row.Row, null, "a field's name or text is not valid Unicode", "write the file as UTF-8 and escape whole characters"));
        }
        catch (RowRejectedException exception)
        {
            return new RowResult<T>(null, new RowProblem(path, row.Row, id is null ? null : RowCollector.Shown(id), exception.Message, exception.Hint));
        }
    }
}
