using NSft.Data.Chat;

namespace NSft.Data.Construction.Language;

/// <summary>What a construction by a language model will take, estimated before anything is sent. Parts add up.</summary>
public sealed record LanguageEstimate
{
    // What the bundled prompts' own examples take for a turn with its share of the errors.
    private const int TokensPerTurn = 60;

    /// <summary>Nothing.</summary>
    public static LanguageEstimate None { get; } = new();

    /// <summary>How it is estimated, for people to read.</summary>
    public static string Method { get; } =
        $"every prompt written out and counted as {TokenEstimate.Method}; responses as {TokensPerTurn} tokens a turn; one request a pair; "
        + "the ceiling has every response rejected once, repaired, and as long as allowed";

    /// <summary>Requests, when no response needs a repair.</summary>
    public long Requests { get; init; }

    /// <summary>Tokens sent with them.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Requests at most.</summary>
    public long MostRequests { get; init; }

    /// <summary>Tokens sent at most.</summary>
    public long MostPromptTokens { get; init; }

    /// <summary>Tokens received at most.</summary>
    public long MostCompletionTokens { get; init; }

    /// <summary>Estimates a construction. Answers that are stored already are not known here and count as paid.</summary>
    /// <param name="pairs">Pairs that the model is asked for; for a hybrid those that <see cref="HybridConstructor.NeedsLanguage(PreferencePair)"/>.</param>
    /// <param name="options">How it constructs.</param>
    /// <param name="codebook">Kinds of errors that the prompt shows.</param>
    /// <exception cref="Collectives.UserInputException">An option is out of range, or the prompt's file is wrong.</exception>
    public static LanguageEstimate Of(IEnumerable<PreferencePair> pairs, LanguageOptions options, VisionErrorCodebook codebook)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(codebook);
        ConstructionPrompt prompt = new(options, codebook);
        long requests = 0;
        long sent = 0;
        foreach (PreferencePair pair in pairs.Where(pair => !AnswerText.AreEqual(pair.Chosen, pair.Rejected)))
        {
            requests++;
            sent += TokenEstimate.Of(prompt.Request(pair));
        }

        return new LanguageEstimate
        {
            Requests = requests,
            PromptTokens = sent,
            CompletionTokens = requests * Math.Min(options.MaxTokens, options.TurnCount * TokensPerTurn),
            MostRequests = 2 * requests,
            MostPromptTokens = (2 * sent) + (requests * (options.MaxTokens + TokensPerTurn)),
            MostCompletionTokens = 2 * requests * options.MaxTokens,
        };
    }

    /// <summary>Both together.</summary>
    public LanguageEstimate Add(LanguageEstimate other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new LanguageEstimate
        {
            Requests = Requests + other.Requests,
            PromptTokens = PromptTokens + other.PromptTokens,
            CompletionTokens = CompletionTokens + other.CompletionTokens,
            MostRequests = MostRequests + other.MostRequests,
            MostPromptTokens = MostPromptTokens + other.MostPromptTokens,
            MostCompletionTokens = MostCompletionTokens + other.MostCompletionTokens,
        };
    }

    /// <summary>What it costs as expected and at most, in the currency of the prices.</summary>
    /// <param name="promptPrice">Price of a million tokens sent.</param>
    /// <param name="completionPrice">Price of a million tokens received.</param>
    public (decimal Expected, decimal Most) Cost(decimal promptPrice, decimal completionPrice) => (
        ((PromptTokens * promptPrice) + (CompletionTokens * completionPrice)) / 1_000_000,
        ((MostPromptTokens * promptPrice) + (MostCompletionTokens * completionPrice)) / 1_000_000);
}
