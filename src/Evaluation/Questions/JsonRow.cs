using System.Globalization;
using System.Text.Json;
using NSft.Collectives;

namespace NSft.Evaluation.Questions;

/// <summary>One object of a question, annotation or answer file, with its place for error lines.</summary>
/// <param name="File">The file the row came from.</param>
/// <param name="Number">Row number, from 1; for JSON lines the line number.</param>
/// <param name="Value">The object.</param>
internal readonly record struct JsonRow(string File, int Number, JsonElement Value)
{
    /// <summary>A field that must be there as a string.</summary>
    public string Text(string field) =>
        OptionalText(field) ?? throw Wrong($"field \"{field}\" is missing or not a string");

    /// <summary>A string field, or null when it is absent or not a string.</summary>
    public string? OptionalText(string field) =>
        Value.TryGetProperty(field, out JsonElement found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    /// <summary>An identifier written as a string or a number; null when absent.</summary>
    public string? Identifier(string field)
    {
        if (!Value.TryGetProperty(field, out JsonElement found))
        {
            return null;
        }

        return found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number => found.GetRawText(),
            JsonValueKind.Null => null,
            _ => throw Wrong($"field \"{field}\" must be a string or a number"),
        };
    }

    /// <summary>The error line for this row.</summary>
    public UserInputException Wrong(string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{File}: row {Number}: {reason}"));
}
