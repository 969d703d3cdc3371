using System.Text.RegularExpressions;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>How a short answer to a kind of question is doubled into a yes- and a no-question; texts hold slots in braces.</summary>
/// <param name="Name">What the pattern is called.</param>
/// <param name="Code">Codebook entry of its turns.</param>
/// <param name="Questions">Which questions it is for, with groups for the slots.</param>
internal sealed record ShortAnswerPattern(string Name, string Code, IReadOnlyList<Regex> Questions)
{
    /// <summary>Which answers it is for, or null for all.</summary>
    public Regex? Answers { get; init; }

    /// <summary>Whether the answers have to be numbers.</summary>
    public bool TakesNumbers { get; init; }

    /// <summary>Words of an answer at most.</summary>
    public required int LongestAnswer { get; init; }

    /// <summary>Whether answers are names or read text: they keep their letters, and singular and plural differ.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether answers are common words: a capital first letter is only the beginning of the answer.</summary>
    public bool IsLower { get; init; }

    /// <summary>An ending of answers that the question says again, or null.</summary>
    public Regex? Strip { get; init; }

    /// <summary>The question.</summary>
    public required string Ask { get; init; }

    /// <summary>The answer when the claim is true.</summary>
    public required string Yes { get; init; }

    /// <summary>The answer when it is not.</summary>
    public required string No { get; init; }
}
