using System.Text.Json.Serialization;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Chat;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Jobs;

namespace NSft.Grains.Hosting;

/// <summary>What to construct corrective data from, and how.</summary>
public sealed record ConstructionSettings
{
    /// <summary>Pairs of a block unless asked otherwise: small enough that a few hundred pairs occupy several silos.</summary>
    public const int DefaultBlockSize = 64;

    /// <summary>Pairs of a block unless asked otherwise, where a language model is asked: little is lost with a silo.</summary>
    public const int DefaultChatBlockSize = 8;

    /// <summary>Blocks that a silo works on at once where pairs are made in turn: the next one waits while one is written.</summary>
    private const int LanesInTurn = 2;

    /// <summary>Tokens that prices are told for.</summary>
    private const int TokensOfPrice = 1_000_000;

    /// <summary>Preference rows, of any format that NSft reads.</summary>
    public required string DataPath { get; init; }

    /// <summary>Folder of the images; when given, a row whose image is not there cannot be used.</summary>
    public string? ImageDirectory { get; init; }

    /// <summary>Name or path of the lexicon.</summary>
    public string Lexicon { get; init; } = Data.Construction.Lexicon.Default;

    /// <summary>Path of the codebook; null for the one that comes with NSft.</summary>
    public string? CodebookPath { get; init; }

    /// <summary>How turns are built.</summary>
    public ConstructionOptions Options { get; init; } = new() { BlockSize = DefaultBlockSize };

    /// <summary>Makes rows that cannot be used an error instead of a list.</summary>
    public bool Strict { get; init; }

    /// <summary>Who constructs: <c>rules</c>, <c>openai</c> or <c>hybrid</c>.</summary>
    public string Constructor { get; init; } = RuleConstructor.Name;

    /// <summary>How a language model constructs; null for rules.</summary>
    public LanguageOptions? Language { get; init; }

    /// <summary>Which language model, at what pace and price; null for rules.</summary>
    public ChatSettings? Chat { get; init; }

    /// <summary>Folder that the job works in; null for one beside the result.</summary>
    public string? WorkDirectory { get; init; }

    /// <summary>Whether pairs wait for a server and are therefore made many at once.</summary>
    [JsonIgnore]
    internal bool IsConcurrent => Chat is not null;

    /// <summary>What requests cost at the prices given; null where none are.</summary>
    /// <param name="usage">What the requests took.</param>
    public decimal? CostOf(ChatUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        return Chat is { PromptPrice: { } prompt, CompletionPrice: { } completion }
            ? ((usage.PromptTokens * prompt) + (usage.CompletionTokens * completion)) / TokensOfPrice
            : null;
    }

    /// <summary>
    /// Which pairs are asked for once only. A language model is asked about texts; rules look at the other rows of a pair's image as well.
    /// </summary>
    [JsonIgnore]
    internal CopyKind Copies => !IsConcurrent ? CopyKind.None
        : Constructor == ConstructorName.OpenAi && Language is not { Fallback: LanguageFallback.Rules } ? CopyKind.SameText
        : CopyKind.SameContent;

    /// <summary>Pairs in work at once on the silo at a position.</summary>
    internal int ShareOf(int position, int siloCount) => JobShare.Of(Chat?.Concurrency ?? siloCount, position, siloCount);

    /// <summary>Blocks that the silo at a position holds at once.</summary>
    internal int LanesOf(int position, int siloCount, int blockSize) =>
        IsConcurrent ? JobShare.LanesOf(ShareOf(position, siloCount), blockSize) : LanesInTurn;
}
