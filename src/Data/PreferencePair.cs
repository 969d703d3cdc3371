namespace NSft.Data;

/// <summary>One preference row: a question about an image, the true answer and the answer to learn from as wrong.</summary>
/// <param name="Id">Identifier, unique in its file; rows without one are called <c>row-N</c>.</param>
/// <param name="Image">Image path relative to the image directory.</param>
/// <param name="Question">Question without the image marker.</param>
/// <param name="Chosen">The true answer.</param>
/// <param name="Rejected">The wrong answer; empty where the reader was told that it is not needed.</param>
public sealed record PreferencePair(string Id, string Image, string Question, string Chosen, string Rejected)
{
    /// <summary>Position of the row in its file, from 1; 0 for a pair that was not read from a file.</summary>
    public int Row { get; init; }

    /// <summary>Fields that NSft does not know, as the raw JSON text of their values.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = NoExtensions.Value;
}
