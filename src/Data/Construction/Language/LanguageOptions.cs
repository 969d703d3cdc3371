namespace NSft.Data.Construction.Language;

/// <summary>How a language model constructs.</summary>
public sealed record LanguageOptions
{
    /// <summary>Name of the model, as its server knows it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Whether the prompt shows the vision error codebook; false for the ablation without. Default true.</summary>
    public bool UseCodebook { get; init; } = true;

    /// <summary>File of the prompt; null for the bundled one.</summary>
    public string? PromptPath { get; init; }

    /// <summary>Turns of a conversation, 1 to 20. Default 5.</summary>
    public int TurnCount { get; init; } = 5;

    /// <summary>Sampling temperature, 0 to 2. Default 0.</summary>
    public double Temperature { get; init; }

    /// <summary>Seed for servers that take one; null to send none.</summary>
    public long? Seed { get; init; }

    /// <summary>Which of several answers to the same question is asked for; a higher one asks anew what a stored answer was no help for. Default 0.</summary>
    public int Sample { get; init; }

    /// <summary>Longest response in tokens, 64 to 100,000. Default 2048.</summary>
    public int MaxTokens { get; init; } = 2048;

    /// <summary>What becomes of a pair without a usable response. Default a dead letter.</summary>
    public LanguageFallback Fallback { get; init; }
}
