namespace NSft.Data.Construction;

/// <summary>What came out of a construction, in numbers; parts add up by <see cref="Merge"/>.</summary>
public sealed record ConstructionSummary
{
    /// <summary>Pairs that were worked on.</summary>
    public int PairCount { get; init; }

    /// <summary>Pairs in whose rejected answer no error was found.</summary>
    public int PairsWithoutErrors { get; init; }

    /// <summary>Pairs of which no turn could be made; they are not written.</summary>
    public int PairsWithoutTurns { get; init; }

    /// <summary>Rows of the preference file that could not be used.</summary>
    public int UnusableRowCount { get; init; }

    /// <summary>Turns in all.</summary>
    public int TurnCount { get; init; }

    /// <summary>Errors found, by kind, whether asked about or not.</summary>
    public IReadOnlyDictionary<string, int> ErrorsByKind { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Turns by codebook entry.</summary>
    public IReadOnlyDictionary<string, int> TurnsByCode { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Turns by answer: <c>yes</c>, <c>no</c>.</summary>
    public IReadOnlyDictionary<string, int> TurnsByPolarity { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Turns by reason: <c>correct</c>, <c>confirm</c>.</summary>
    public IReadOnlyDictionary<string, int> TurnsByKind { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Turns of a written conversation on average.</summary>
    public double MeanTurns => PairCount == PairsWithoutTurns ? 0 : (double)TurnCount / (PairCount - PairsWithoutTurns);

    /// <summary>Share of turns that are answered yes, 0 to 1.</summary>
    public double YesShare => TurnCount == 0 ? 0 : (double)TurnsByPolarity.GetValueOrDefault("yes") / TurnCount;

    /// <summary>Counts conversations.</summary>
    public static ConstructionSummary Of(IEnumerable<CorrectiveConversation> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        CorrectiveConversation[] all = [.. conversations];
        CorrectiveTurn[] turns = [.. all.SelectMany(conversation => conversation.Turns)];
        return new ConstructionSummary
        {
            PairCount = all.Length,
            PairsWithoutErrors = all.Count(conversation => conversation.Errors.Count == 0),
            PairsWithoutTurns = all.Count(conversation => conversation.Turns.Count == 0),
            TurnCount = turns.Length,
            ErrorsByKind = Count(all.SelectMany(conversation => conversation.Errors), kind => ConstructionName.Of(kind)),
            TurnsByCode = Count(turns, turn => turn.Code),
            TurnsByPolarity = Count(turns, turn => ConstructionName.Of(turn.Polarity)),
            TurnsByKind = Count(turns, turn => ConstructionName.Of(turn.Kind)),
        };
    }

    /// <summary>The numbers of two parts together.</summary>
    public ConstructionSummary Merge(ConstructionSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ConstructionSummary
        {
            PairCount = PairCount + other.PairCount,
            PairsWithoutErrors = PairsWithoutErrors + other.PairsWithoutErrors,
            PairsWithoutTurns = PairsWithoutTurns + other.PairsWithoutTurns,
            UnusableRowCount = UnusableRowCount + other.UnusableRowCount,
            TurnCount = TurnCount + other.TurnCount,
            ErrorsByKind = Add(ErrorsByKind, other.ErrorsByKind),
            TurnsByCode = Add(TurnsByCode, other.TurnsByCode),
            TurnsByPolarity = Add(TurnsByPolarity, other.TurnsByPolarity),
            TurnsByKind = Add(TurnsByKind, other.TurnsByKind),
        };
    }

    private static SortedDictionary<string, int> Count<T>(IEnumerable<T> items, Func<T, string> name)
    {
        SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (T item in items)
        {
            counts[name(item)] = counts.GetValueOrDefault(name(item)) + 1;
        }

        return counts;
    }

    private static SortedDictionary<string, int> Add(IReadOnlyDictionary<string, int> first, IReadOnlyDictionary<string, int> second)
    {
        SortedDictionary<string, int> sum = new(StringComparer.Ordinal);
        foreach ((string name, int count) in first.Concat(second))
        {
            sum[name] = sum.GetValueOrDefault(name) + count;
        }

        return sum;
    }
}
