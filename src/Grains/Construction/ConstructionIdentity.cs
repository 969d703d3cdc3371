using System.Globalization;
using NSft.Collectives.Files;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;

namespace NSft.Grains.Construction;

/// <summary>All that a construction's result depends on.</summary>
/// <param name="DataHash">SHA-256 of the data.</param>
/// <param name="Provenance">What its rows are said to come from.</param>
/// <param name="Options">Further options, as the command calls them.</param>
internal sealed record ConstructionIdentity(string DataHash, ConstructionProvenance Provenance, IReadOnlyDictionary<string, string> Options)
{
    private const string Kind = "construct";
    private const int ShownHash = 16;

    /// <summary>Reads what settings name.</summary>
    /// <exception cref="Collectives.UserInputException">A file is missing or wrong.</exception>
    internal static ConstructionIdentity Of(ConstructionSettings settings)
    {
        var vocabulary = Vocabulary.Load(settings);
        var prompt = settings.Language is { } language && settings.IsConcurrent
            ? new LanguageConstructor(SilentChatModel.Instance, vocabulary.Codebook, language with { Fallback = LanguageFallback.None })
            : null;
        var provenance = new ConstructionProvenance(
            settings.Constructor, vocabulary.Codebook.Hash, vocabulary.Lexicon.Hash, Path.GetFileName(settings.DataPath))
        {
            Model = settings.Language?.Model,
            PromptVersion = prompt?.PromptVersion,
            PromptHash = prompt?.PromptHash,
        };
        return new ConstructionIdentity(FileHash.OfPath(settings.DataPath), provenance, OptionsOf(settings));
    }

    /// <summary>The identity as a job directory keeps it.</summary>
    internal JobFacts ToFacts()
    {
        var values = new Dictionary<string, string>(Options, StringComparer.Ordinal)
        {
            ["--data"] = $"data of hash {Shown(DataHash)}",
            ["--constructor"] = Provenance.Constructor,
            ["--lexicon"] = $"one of hash {Shown(Provenance.LexiconHash)}",
            ["--codebook"] = $"one of hash {Shown(Provenance.CodebookHash)}",
        };
        if (Provenance.PromptHash is { } prompt)
        {
            values["--model"] = Provenance.Model ?? "";
            values["--prompt"] = $"{Provenance.PromptVersion} of hash {Shown(prompt)}";
        }

        return new JobFacts(Kind, values);
    }

    private static Dictionary<string, string> OptionsOf(ConstructionSettings settings)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--images"] = settings.ImageDirectory ?? "not given",
            ["--strict"] = settings.Strict ? "given" : "not given",
            ["--turns"] = Text(settings.Options.TurnCount),
            ["--seed"] = Text(settings.Options.Seed),
            ["hard negatives"] = Text(settings.Options.HardNegativeShare),
        };
        if (settings is { Language: { } language, Chat: { } chat })
        {
            options["--base-url"] = chat.BaseUrl?.AbsoluteUri ?? "OpenAI's";
            options["--fallback"] = language.Fallback.ToString().ToLowerInvariant();
            options["--turns"] = $"{Text(settings.Options.TurnCount)} by rules, {Text(language.TurnCount)} by the model";
            options["temperature"] = Text(language.Temperature);
            options["longest response"] = Text(language.MaxTokens);
        }

        return options;
    }

    private static string Shown(string hash) => hash[..Math.Min(ShownHash, hash.Length)];

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
