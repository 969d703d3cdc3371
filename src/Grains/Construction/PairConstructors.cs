using Microsoft.Extensions.DependencyInjection;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Chat;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>Rules, a language model, or rules before a language model.</summary>
/// <param name="services">Has what opens language models.</param>
internal sealed class PairConstructors(IServiceProvider services) : IPairConstructors
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
            services.GetRequiredService<IChatModels>().Open(settings.Chat!, jobId), vocabulary.Codebook, settings.Language!, rules, vocabulary.Lexicon);
        return settings.Constructor == ConstructorName.Hybrid ? new HybridConstructor(rules, language) : language;
    }
}
