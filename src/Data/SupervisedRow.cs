namespace NSft.Data;

/// <summary>A conversation about one image whose answers are trained on: a row of LLaVA conversation JSON.</summary>
/// <param name="Id">Identifier, unique in its file.</param>
/// <param name="Image">Image path relative to the image directory.</param>
/// <param name="Turns">At least one question with its answer; the image belongs to the first question.</param>
public sealed record SupervisedRow(string Id, string Image, IReadOnlyList<DialogueTurn> Turns)
{
    /// <summary>Position of the row in its file, from 1; 0 for a row that was not read from a file.</summary>
    public int Row { get; init; }

    /// <summary>Further fields of the row, such as <c>meta</c>, as the raw JSON text of their values.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = NoExtensions.Value;
}
