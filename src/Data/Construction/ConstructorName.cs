namespace NSft.Data.Construction;

/// <summary>Names of the constructors, as options, provenance and reports call them.</summary>
public static class ConstructorName
{
    /// <summary>Rules and a lexicon.</summary>
    public const string Rules = "rules";

    /// <summary>A language model behind a server.</summary>
    public const string OpenAi = "openai";

    /// <summary>Rules first, a language model where they find no error.</summary>
    public const string Hybrid = "hybrid";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Rules, OpenAi, Hybrid];
}
