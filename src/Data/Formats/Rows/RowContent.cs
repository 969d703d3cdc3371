namespace NSft.Data.Formats.Rows;

/// <summary>What a format finds in a row.</summary>
/// <param name="Images">See <see cref="DatasetRecord.Images"/>.</param>
/// <param name="Prompt">See <see cref="DatasetRecord.Prompt"/>.</param>
/// <param name="Chosen">See <see cref="DatasetRecord.Chosen"/>.</param>
/// <param name="Rejected">See <see cref="DatasetRecord.Rejected"/>.</param>
/// <param name="Known">Names of the fields that it was found in; all others are kept as they are.</param>
internal sealed record RowContent(
    IReadOnlyList<DatasetImage> Images,
    IReadOnlyList<DatasetMessage> Prompt,
    IReadOnlyList<DatasetMessage>? Chosen,
    IReadOnlyList<DatasetMessage>? Rejected,
    IReadOnlyCollection<string> Known)
{
    /// <summary>Unknown fields that do not stand in the row itself, under the name that they travel by.</summary>
    public IReadOnlyDictionary<string, string> Further { get; init; } = NoExtensions.Value;
}
