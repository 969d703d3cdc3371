using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Preferences;

/// <summary>Files of critiques: JSON lines.</summary>
public static class CritiqueFile
{
    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <exception cref="Collectives.UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IEnumerable<CritiqueRow> rows) => RowFile.Write(path, rows);

    /// <summary>Reads rows, one after the other.</summary>
    /// <exception cref="Collectives.UserInputException">The file cannot be read, or a row is bad: names it.</exception>
    public static IEnumerable<CritiqueRow> Read(string path) => RowFile.Read(path, (row, number) =>
        new CritiqueRow(
            RowFields.Required(row, "id"),
            RowFields.Required(row, "image"),
            RowFields.Required(row, "question"),
            RowFile.Optional(row, "first") ?? "",
            RowFile.Optional(row, "second") ?? "",
            Winner(row))
        {
            Critique = RowFile.Optional(row, "critique"),
            Verdict = RowFile.Optional(row, "verdict") ?? CritiqueVerdict.FromText,
            Row = number,
        });

    private static int Winner(JsonElement row) =>
        row.TryGetProperty("winner", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int winner) && winner is >= 0 and <= 2
            ? winner
            : throw new RowRejectedException("'winner' is not 0, 1 or 2", "ask the critic again");
}
