namespace NSft.Data.Preferences;

/// <summary>A prompt whose answers were rated: a row of a rating file (JSON lines).</summary>
/// <param name="Id">Identifier of the prompt, unique in its file.</param>
/// <param name="Image">Image path relative to the image directory.</param>
/// <param name="Question">Question without the image marker.</param>
/// <param name="Completions">The answers, in the order of their sample number.</param>
/// <param name="Judge">Who rated: a constructor's or model's name.</param>
/// <param name="Rubric">SHA-256 of the rubric, lower-case hexadecimal.</param>
public sealed record RatedRow(string Id, string Image, string Question, IReadOnlyList<RatedCompletion> Completions, string Judge, string Rubric)
{
    /// <summary>The true answer, or the judge's own, where there is one.</summary>
    public string? Reference { get; init; }

    /// <summary>Position of the row in its file, from 1; 0 for a row that was not read from a file.</summary>
    public int Row { get; init; }
}
