namespace NSft.Data.Preferences;

/// <summary>Two answers to a prompt and which of them a critic prefers: a row of a critique file (JSON lines).</summary>
/// <param name="Id">Identifier of the prompt, unique in its file.</param>
/// <param name="Image">Image path relative to the image directory.</param>
/// <param name="Question">Question without the image marker.</param>
/// <param name="First">The first answer, greedy in SIMA.</param>
/// <param name="Second">The second answer, sampled in SIMA.</param>
/// <param name="Winner">1 or 2 for the better answer; 0 where the critic gave no verdict.</param>
public sealed record CritiqueRow(string Id, string Image, string Question, string First, string Second, int Winner)
{
    /// <summary>What the critic said, or null.</summary>
    public string? Critique { get; init; }

    /// <summary>How the verdict was found: <c>text</c> or <c>likelihood</c>.</summary>
    public string Verdict { get; init; } = CritiqueVerdict.FromText;

    /// <summary>Position of the row in its file, from 1; 0 for a row that was not read from a file.</summary>
    public int Row { get; init; }
}
