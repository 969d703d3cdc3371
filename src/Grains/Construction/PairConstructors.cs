using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Chat;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>Rules, a language model, or rules before a language model.</summary>
/// <param name="chats">Opens language models.</param>
internal sealed class PairConstructors(IChatModels chats) : IPairConstructors
{
    /// <inheritdoc/>
    public IPairConstructor Create(ConstructionSettings settings, string jobId, Vocabulary vocabulary, ConstructionStatistics statistics)
    {
        var rules = new RulePairConstructor(new RuleConstructor(vocabulary.Codebook, vocabulary.Lexicon, settings.Options, statistics));
        if (settings.Constructor == ConstructorName.Rules)
        {
            return rules;
        }

        var language = new LanguageConstructor(
            chats.Open(settings.Chat!, jobId), vocabulary.Codebook, settings.Language!, rules, vocabulary.Lexicon);
        return settings.Constructor == ConstructorName.Hybrid ? new HybridConstructor(rules, language) : language;
    }
}
