using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Preferences;

/// <summary>Files of rated answers: JSON lines.</summary>
public static class RatingFile
{
    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<RatedRow> rows) => RowFile.Write(path, rows);

    /// <summary>Reads rows, one after the other.</summary>
    /// <exception cref="Collectives.UserInputException">The file cannot be read, or a row is bad: names it.</exception>
    public static IEnumerable<RatedRow> Read(string path) => RowFile.Read(path, (row, number) =>
        new RatedRow(
            RowFields.Required(row, "id"),
            RowFields.Required(row, "image"),
            RowFields.Required(row, "question"),
            [.. RowFile.List(row, "completions").Select(Completion)],
            RowFields.Required(row, "judge"),
            RowFields.Required(row, "rubric"))
        {
            Reference = RowFile.Optional(row, "reference"),
            Row = number,
        });

    private static RatedCompletion Completion(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("text", out JsonElement text))
        {
            throw new RowRejectedException("a completion has no 'text'", "write the file with nsft judge");
        }

        HelpSteerRating? rating = item.TryGetProperty("rating", out JsonElement values) && values.ValueKind == JsonValueKind.Object
            ? HelpSteerRating.Of([.. HelpSteerRating.Attributes.Select(name => Value(values, name))])
            : null;
        return new RatedCompletion(RowFields.Text(text, "text"), rating, RowFile.Optional(item, "rationale"));
    }

    private static double Value(JsonElement rating, string name) =>
        rating.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double number) && number is >= 0 and <= HelpSteerRating.Highest
            ? number
            : throw new RowRejectedException($"'{name}' is no number from 0 to {HelpSteerRating.Highest}", "rate the row again");
}
