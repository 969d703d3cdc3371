namespace NSft.Data.Construction;

/// <summary>Names of the reasons to reject a language model's response; counted in reports.</summary>
public static class RejectionReason
{
    /// <summary>The response was cut off.</summary>
    public const string Truncated = "truncated";

    /// <summary>The response is no JSON.</summary>
    public const string NotJson = "not-json";

    /// <summary>The JSON lacks a field or has one of a wrong type or value.</summary>
    public const string Schema = "schema";

    /// <summary>Too few or too many turns.</summary>
    public const string TurnCount = "turn-count";

    /// <summary>A question does not end with a question mark, or is empty or too long.</summary>
    public const string Question = "question";

    /// <summary>An answer is empty or too long.</summary>
    public const string Answer = "answer";

    /// <summary>An answer does not start as its polarity says.</summary>
    public const string Polarity = "polarity";

    /// <summary>A turn points to an error that is not there.</summary>
    public const string ErrorIndex = "error-index";

    /// <summary>An error quotes words that the rejected answer does not have.</summary>
    public const string Span = "span";

    /// <summary>A turn speaks of the reference, the response or a caption.</summary>
    public const string Leakage = "leakage";

    /// <summary>A question is asked twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>An invented object is listed, but no turn denies anything.</summary>
    public const string NoDenial = "no-denial";

    /// <summary>Errors are listed, but no turn corrects any of them.</summary>
    public const string Uncorrected = "uncorrected";

    /// <summary>An answer contradicts the chosen answer.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>Tokens of a conversation template.</summary>
    public const string TemplateToken = "template-token";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Truncated, NotJson, Schema, TurnCount, Question, Answer, Polarity, ErrorIndex, Span, Leakage, Duplicate, NoDenial, Uncorrected, Contradiction, TemplateToken,
    ];
}
