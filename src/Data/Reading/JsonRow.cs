using System.Text.Json;

namespace NSft.Data.Reading;

/// <summary>One row of a file: its JSON value, or why it has none.</summary>
/// <param name="Row">Position in the file, from 1.</param>
/// <param name="Element">The value; undefined when <paramref name="Error"/> is set.</param>
/// <param name="Error">Why the row could not be parsed.</param>
internal readonly record struct JsonRow(int Row, JsonElement Element, string? Error)
{
    /// <summary>The row as a file of another form has it; null for JSON.</summary>
    public object? Origin { get; init; }
}
