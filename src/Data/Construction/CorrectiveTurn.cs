namespace NSft.Data.Construction;

/// <summary>A constructed question with its true answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer; starts with "Yes" or "No" unless its polarity is open.</param>
/// <param name="Code">Codebook entry it belongs to; <c>none</c> when it was made without a codebook.</param>
/// <param name="Polarity">How it is answered.</param>
/// <param name="Kind">Why it is asked.</param>
public sealed record CorrectiveTurn(string Question, string Answer, string Code, TurnPolarity Polarity, TurnKind Kind)
{
    /// <summary>Words of the rejected answer that it corrects, or null.</summary>
    public string? Span { get; init; }

    /// <summary>What the chosen answer says about it, or null.</summary>
    public string? Fact { get; init; }
}
