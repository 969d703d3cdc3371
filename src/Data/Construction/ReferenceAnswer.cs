namespace NSft.Data.Construction;

/// <summary>A true answer about an image, from another row of the set.</summary>
/// <param name="PairId">The row.</param>
/// <param name="Question">Its question.</param>
/// <param name="Answer">Its chosen answer.</param>
public sealed record ReferenceAnswer(string PairId, string Question, string Answer);
