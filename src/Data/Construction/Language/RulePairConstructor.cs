namespace NSft.Data.Construction.Language;

/// <summary>The rules as a pair constructor. Safe from any thread: one pair at a time, which takes less than a millisecond.</summary>
public sealed class RulePairConstructor(RuleConstructor rules) : IPairConstructor
{
    private readonly Lock _turn = new();

    /// <inheritdoc/>
    public string Name => ConstructorName.Rules;

    /// <inheritdoc/>
    public ValueTask<PairResult> ConstructAsync(PreferencePair pair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Construct(pair));
    }

    /// <summary>The same without waiting.</summary>
    internal PairResult Construct(PreferencePair pair)
    {
        lock (_turn)
        {
            return new PairResult(pair.Id, Name) { Conversation = rules.Construct(pair) with { Constructor = Name } };
        }
    }
}
