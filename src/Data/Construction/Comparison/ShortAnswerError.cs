namespace NSft.Data.Construction.Comparison;

/// <summary>A short answer that is wrong, doubled into questions.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Turns">One question answered yes and one answered no, or one alone where the other cannot be put into words.</param>
internal sealed record ShortAnswerError(ErrorKind Kind, IReadOnlyList<CorrectiveTurn> Turns);
