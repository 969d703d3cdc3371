namespace NSft.Data.Sampling;

/// <summary>How prompts are read.</summary>
public sealed record PromptReadOptions
{
    /// <summary>Where images lie; when given, a row whose image is not there cannot be used.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Whether the sentence that asks for a short answer is cut off the end of questions.</summary>
    public bool StripSuffix { get; init; }

    /// <summary>Whether a row without a true answer cannot be used.</summary>
    public bool RequireReference { get; init; }

    /// <summary>Whether a row that cannot be used is an error instead of an entry of the outcome's list. Default false.</summary>
    public bool Strict { get; init; }
}
