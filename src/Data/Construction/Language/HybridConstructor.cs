namespace NSft.Data.Construction.Language;

/// <summary>Rules first; a language model for the pairs in which rules find no error, so that only those are paid for.</summary>
public sealed class HybridConstructor(RulePairConstructor rules, LanguageConstructor language) : IPairConstructor
{
    /// <inheritdoc/>
    public string Name => ConstructorName.Hybrid;

    /// <summary>Whether a pair is left to the language model: what <see cref="LanguageEstimate"/> has to count.</summary>
    public bool NeedsLanguage(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return NeedsLanguage(rules.Construct(pair));
    }

    /// <inheritdoc/>
    public async ValueTask<PairResult> ConstructAsync(PreferencePair pair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        PairResult ruled = rules.Construct(pair);
        return NeedsLanguage(ruled) ? await language.ConstructAsync(pair, cancellationToken) : ruled;
    }

    private static bool NeedsLanguage(PairResult ruled) => ruled.Conversation is not { Errors.Count: > 0, Turns.Count: > 0 };
}
