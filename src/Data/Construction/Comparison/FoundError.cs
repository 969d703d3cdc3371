using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Comparison;

/// <summary>An error of a rejected answer, as the wrong claim to refute and the true claim to affirm.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Wrong">The wrong claim; null for what was only left out.</param>
/// <param name="True">The true claim; null for an invention without a counterpart.</param>
/// <param name="Span">The words of the rejected answer that are wrong, or null for an omission.</param>
/// <param name="Fact">What the chosen answer says instead, in its own words; null where it says nothing.</param>
internal sealed record FoundError(ErrorKind Kind, Claim? Wrong, Claim? True, string? Span, string? Fact)
{
    /// <summary>The object that was invented or missed, to find its counterpart.</summary>
    public Mention? Subject { get; init; }
}
