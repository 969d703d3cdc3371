using Microsoft.Extensions.Logging.Abstractions;
using NSft.Data;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Chat;
using NSft.Grains.Construction;

namespace NSft.Grains.Hosting;

/// <summary>What a construction would ask and cost, found out without asking anything.</summary>
/// <param name="PairCount">Usable pairs.</param>
/// <param name="StoredPairs">Pairs whose answer is stored already.</param>
/// <param name="RepeatedPairs">Pairs with the content of an earlier one, which are asked once.</param>
/// <param name="RulePairs">Pairs that rules construct.</param>
/// <param name="Language">What the others will take.</param>
public sealed record ConstructionEstimate(int PairCount, int StoredPairs, int RepeatedPairs, int RulePairs, LanguageEstimate Language)
{
    /// <summary>Cost as expected; null without prices.</summary>
    public decimal? ExpectedCost { get; init; }

    /// <summary>Cost at most; null without prices.</summary>
    public decimal? MostCost { get; init; }

    /// <summary>Estimates a construction. Reads the data once, for a hybrid three times, and holds no pair.</summary>
    /// <param name="settings">The construction.</param>
    /// <exception cref="Collectives.UserInputException">The input cannot be used.</exception>
    public static ConstructionEstimate Of(ConstructionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var vocabulary = Vocabulary.Load(settings);
        if (settings is not { Language: { } language, Chat: { } chat })
        {
            var count = Pairs(settings).Count();
            return new ConstructionEstimate(count, 0, 0, count, LanguageEstimate.None);
        }

        var counts = new Counts(settings, vocabulary, language, chat);
        var estimate = LanguageEstimate.Of(Pairs(settings).Where(counts.IsToBePaid), language, vocabulary.Codebook);
        var cost = chat is { PromptPrice: { } prompt, CompletionPrice: { } completion } ? estimate.Cost(prompt, completion) : ((decimal Expected, decimal Most)?)null;
        return new ConstructionEstimate(counts.All, counts.Stored, counts.Repeated, counts.ByRules, estimate)
        {
            ExpectedCost = cost?.Expected,
            MostCost = cost?.Most,
        };
    }

    private static IEnumerable<PreferencePair> Pairs(ConstructionSettings settings) => PreferenceReader
        .Stream(settings.DataPath, new PreferenceReadOptions { ImageDirectory = settings.ImageDirectory, Strict = settings.Strict })
        .Where(read => read.Pair is not null)
        .Select(read => read.Pair!);

    private sealed class Counts
    {
        private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
        private readonly LanguageConstructor _language;
        private readonly HybridConstructor? _hybrid;
        private readonly AnswerStore? _store;
        private readonly Uri? _server;

        internal Counts(ConstructionSettings settings, Vocabulary vocabulary, LanguageOptions language, ChatSettings chat)
        {
            _server = chat.BaseUrl;
            _store = chat.AnswerDirectory is { } folder ? new AnswerStore(folder, keepText: false, NullLogger.Instance) : null;
            _language = new LanguageConstructor(SilentChatModel.Instance, vocabulary.Codebook, language with { Fallback = LanguageFallback.None });
            if (settings.Constructor == ConstructorName.Hybrid)
            {
                var rows = ImageRows.Of(Pairs(settings).Select(pair => pair.Image));
                var statistics = ConstructionStatistics.Gather(Pairs(settings), vocabulary.Lexicon, rows);
                _hybrid = new HybridConstructor(
                    new RulePairConstructor(new RuleConstructor(vocabulary.Codebook, vocabulary.Lexicon, settings.Options, statistics)), _language);
            }
        }

        internal int All { get; private set; }

        internal int ByRules { get; private set; }

        internal int Repeated { get; private set; }

        internal int Stored { get; private set; }

        internal bool IsToBePaid(PreferencePair pair)
        {
            All++;
            if (_hybrid is { } hybrid && !hybrid.NeedsLanguage(pair))
            {
                ByRules++;
                return false;
            }

            var key = ChatKey.Of(_language.RequestOf(pair), _server);
            if (!_keys.Add(key))
            {
                Repeated++;
                return false;
            }

            if (_store is { } store && File.Exists(store.PathOf(key)))
            {
                Stored++;
                return false;
            }

            return true;
        }
    }
}
