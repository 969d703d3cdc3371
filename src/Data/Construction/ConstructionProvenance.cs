namespace NSft.Data.Construction;

/// <summary>Where corrective data come from; written with every row.</summary>
/// <param name="Constructor">Name of the constructor.</param>
/// <param name="CodebookHash">SHA-256 of the codebook.</param>
/// <param name="LexiconHash">SHA-256 of the lexicon.</param>
/// <param name="Source">Name of the preference file.</param>
public sealed record ConstructionProvenance(string Constructor, string CodebookHash, string LexiconHash, string Source)
{
    /// <summary>Name of the language model; null for rules. Written with rows that it made.</summary>
    public string? Model { get; init; }

    /// <summary>Name and version of the prompt; null for rules.</summary>
    public string? PromptVersion { get; init; }

    /// <summary>SHA-256 of the prompt; null for rules.</summary>
    public string? PromptHash { get; init; }
}
