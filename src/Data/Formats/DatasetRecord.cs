namespace NSft.Data.Formats;

/// <summary>One row of any format.</summary>
/// <remarks>
/// A conversation without preference has <see cref="Chosen"/> (its last answer) and no <see cref="Rejected"/>;
/// a row that only says what is wrong has <see cref="Rejected"/> alone.
/// </remarks>
/// <param name="Id">Identifier; rows without one are called <c>row-N</c>.</param>
/// <param name="Images">Images in the order of their markers; none for a row of text alone.</param>
/// <param name="Prompt">The conversation up to the last human turn.</param>
/// <param name="Chosen">The true answer: one assistant message, or several turns that end with one.</param>
/// <param name="Rejected">The wrong answer, of the same form.</param>
public sealed record DatasetRecord(
    string Id,
    IReadOnlyList<DatasetImage> Images,
    IReadOnlyList<DatasetMessage> Prompt,
    IReadOnlyList<DatasetMessage>? Chosen,
    IReadOnlyList<DatasetMessage>? Rejected)
{
    /// <summary>Position of the row in its file, from 1; 0 for a record that was not read from a file.</summary>
    public int Row { get; init; }

    /// <summary>Fields that NSft does not know, as the raw JSON text of their values.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = NoExtensions.Value;

    /// <summary>The row as it stood in its file, so that its own format writes it back as it was; null for a record that was made.</summary>
    public DatasetSource? Source { get; init; }

    /// <summary>Whether the row had no identifier of its own.</summary>
    internal bool IsNamedByRow => Id == NameOf(Row);

    /// <summary>What a row without an identifier is called.</summary>
    internal static string NameOf(int row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"row-{row}");
}
