namespace NSft.Data.Formats;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Text">What is said; the image marker stands in it where the format has it.</param>
public sealed record DatasetMessage(DatasetRole Role, string Text)
{
    /// <summary>Fields of the message that NSft does not know, as the raw JSON text of their values.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = NoExtensions.Value;
}
