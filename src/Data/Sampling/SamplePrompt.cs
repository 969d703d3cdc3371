namespace NSft.Data.Sampling;

/// <summary>A question to sample answers to.</summary>
/// <param name="Id">Identifier, unique in its file; rows without one are called <c>row-N</c>.</param>
/// <param name="Image">Image path relative to the image directory.</param>
/// <param name="Question">Question without the image marker.</param>
/// <param name="Reference">The true answer, where the row has one.</param>
public sealed record SamplePrompt(string Id, string Image, string Question, string? Reference)
{
    /// <summary>Position of the row in its file, from 1.</summary>
    public int Row { get; init; }

    /// <summary>
    /// What the random streams of its samples follow from: the identifier that the row gives itself, otherwise its content, so that a row keeps
    /// its samples wherever it stands.
    /// </summary>
    public required string Key { get; init; }
}
