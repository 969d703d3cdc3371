using NSft.Data.Chat;

namespace NSft.Data.Construction.Reporting;

/// <summary>Counts results one by one.</summary>
internal sealed class SummaryCounter
{
    private readonly SortedDictionary<string, int> _errors = CountTable.New();
    private readonly SortedDictionary<string, int> _codes = CountTable.New();
    private readonly SortedDictionary<string, int> _polarities = CountTable.New();
    private readonly SortedDictionary<string, int> _kinds = CountTable.New();
    private readonly SortedDictionary<string, int> _constructors = CountTable.New();
    private readonly SortedDictionary<string, int> _rejections = CountTable.New();
    private readonly SortedDictionary<string, int> _deadLetters = CountTable.New();
    private ChatUsage _usage = ChatUsage.None;
    private int _pairs;
    private int _withoutErrors;
    private int _withoutTurns;
    private int _turns;
    private int _repaired;
    private int _fallbacks;

    /// <summary>A conversation.</summary>
    public void Add(CorrectiveConversation conversation)
    {
        _pairs++;
        _withoutErrors += conversation.Errors.Count == 0 ? 1 : 0;
        _withoutTurns += conversation.Turns.Count == 0 ? 1 : 0;
        _turns += conversation.Turns.Count;
        foreach (ErrorKind error in conversation.Errors)
        {
            CountTable.Add(_errors, ConstructionName.Of(error));
        }

        foreach (CorrectiveTurn turn in conversation.Turns)
        {
            CountTable.Add(_codes, turn.Code);
            CountTable.Add(_polarities, ConstructionName.Of(turn.Polarity));
            CountTable.Add(_kinds, ConstructionName.Of(turn.Kind));
        }
    }

    /// <summary>What became of a pair.</summary>
    public void Add(PairResult result)
    {
        _usage = _usage.Add(result.Usage);
        _repaired += result.IsRepaired ? 1 : 0;
        _fallbacks += result.IsFallback ? 1 : 0;
        foreach (string reason in result.Rejections)
        {
            CountTable.Add(_rejections, reason);
        }

        if (result.Conversation is CorrectiveConversation conversation)
        {
            CountTable.Add(_constructors, result.Constructor);
            Add(conversation);
        }
        else
        {
            _pairs++;
            CountTable.Add(_deadLetters, result.DeadLetter?.Reason ?? "unknown");
        }
    }

    /// <summary>The numbers so far.</summary>
    public ConstructionSummary Finish() => new()
    {
        PairCount = _pairs,
        PairsWithoutErrors = _withoutErrors,
        PairsWithoutTurns = _withoutTurns,
        TurnCount = _turns,
        RepairedCount = _repaired,
        FallbackCount = _fallbacks,
        ErrorsByKind = _errors,
        TurnsByCode = _codes,
        TurnsByPolarity = _polarities,
        TurnsByKind = _kinds,
        PairsByConstructor = _constructors,
        RejectionsByReason = _rejections,
        DeadLettersByReason = _deadLetters,
        Usage = _usage,
    };
}
