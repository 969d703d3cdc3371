namespace NSft.Evaluation.Chair;

/// <summary>An annotated image.</summary>
/// <param name="Image">Image path relative to the image folder.</param>
/// <param name="Kinds">Kinds of objects that are in it.</param>
public sealed record ChairImage(string Image, IReadOnlySet<string> Kinds);
