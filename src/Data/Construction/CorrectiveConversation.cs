namespace NSft.Data.Construction;

/// <summary>What the constructor made of one preference pair.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Image">The pair's image.</param>
/// <param name="Errors">Errors found in the rejected answer, whether asked about or not.</param>
/// <param name="Turns">Questions with answers in the order to train on; may be empty.</param>
public sealed record CorrectiveConversation(string PairId, string Image, IReadOnlyList<ErrorKind> Errors, IReadOnlyList<CorrectiveTurn> Turns)
{
    /// <summary>Who made it, where that differs from pair to pair; null for the constructor of the whole file.</summary>
    public string? Constructor { get; init; }

    /// <summary>SHA-256 of the prompt that was used, lower-case hexadecimal; null for rules.</summary>
    public string? PromptHash { get; init; }
}
