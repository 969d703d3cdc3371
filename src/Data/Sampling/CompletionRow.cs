namespace NSft.Data.Sampling;

/// <summary>A prompt with the answers sampled for it: a row of a completion file (JSON lines).</summary>
/// <param name="Id">Identifier of the prompt, unique in its file.</param>
/// <param name="Image">Image path relative to the image directory.</param>
/// <param name="Question">Question without the image marker.</param>
/// <param name="Completions">The answers, in the order of their sample number.</param>
public sealed record CompletionRow(string Id, string Image, string Question, IReadOnlyList<Completion> Completions)
{
    /// <summary>The true answer, where the prompts came with one.</summary>
    public string? Reference { get; init; }

    /// <summary>Position of the row in its file, from 1; 0 for a row that was not read from a file.</summary>
    public int Row { get; init; }
}
