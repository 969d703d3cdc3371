using System.Text.Json.Serialization;
using NSft.Data.Chat;
using NSft.Data.Construction.Reporting;

namespace NSft.Data.Construction;

/// <summary>What came out of a construction, in numbers; parts add up by <see cref="Merge"/>.</summary>
public sealed record ConstructionSummary
{
    /// <summary>Pairs that were worked on, dead letters among them.</summary>
    public int PairCount { get; init; }

    /// <summary>Pairs in whose rejected answer no error was found.</summary>
    public int PairsWithoutErrors { get; init; }

    /// <summary>Pairs of which no turn could be made; they are not written.</summary>
    public int PairsWithoutTurns { get; init; }

    /// <summary>Rows of the preference file that could not be used.</summary>
    public int UnusableRowCount { get; init; }

    /// <summary>Turns in all.</summary>
    public int TurnCount { get; init; }

    /// <summary>Responses that a second request repaired.</summary>
    public int RepairedCount { get; init; }

    /// <summary>Pairs that rules took over after the language model failed.</summary>
    public int FallbackCount { get; init; }

    /// <summary>Errors found, by kind, whether asked about or not.</summary>
    public IReadOnlyDictionary<string, int> ErrorsByKind { get; init; } = CountTable.Empty;

    /// <summary>Turns by codebook entry.</summary>
    public IReadOnlyDictionary<string, int> TurnsByCode { get; init; } = CountTable.Empty;

    /// <summary>Turns by answer: <c>yes</c>, <c>no</c>, <c>open</c>.</summary>
    public IReadOnlyDictionary<string, int> TurnsByPolarity { get; init; } = CountTable.Empty;

    /// <summary>Turns by reason: <c>correct</c>, <c>confirm</c>.</summary>
    public IReadOnlyDictionary<string, int> TurnsByKind { get; init; } = CountTable.Empty;

    /// <summary>Conversations by who made them: <c>rules</c>, <c>openai</c>. Empty when only conversations were counted.</summary>
    public IReadOnlyDictionary<string, int> PairsByConstructor { get; init; } = CountTable.Empty;

    /// <summary>Responses rejected on the way, by <see cref="RejectionReason"/>.</summary>
    public IReadOnlyDictionary<string, int> RejectionsByReason { get; init; } = CountTable.Empty;

    /// <summary>Pairs that could not be answered, by reason.</summary>
    public IReadOnlyDictionary<string, int> DeadLettersByReason { get; init; } = CountTable.Empty;

    /// <summary>What requests it took.</summary>
    public ChatUsage Usage { get; init; } = ChatUsage.None;

    /// <summary>Pairs that could not be answered.</summary>
    [JsonIgnore]
    public int DeadLetterCount => DeadLettersByReason.Values.Sum();

    /// <summary>Conversations that have turns.</summary>
    [JsonIgnore]
    public int ConversationCount => PairCount - PairsWithoutTurns - DeadLetterCount;

    /// <summary>Turns of a written conversation on average.</summary>
    public double MeanTurns => ConversationCount == 0 ? 0 : (double)TurnCount / ConversationCount;

    /// <summary>Share of yes among the turns that are answered yes or no, 0 to 1.</summary>
    public double YesShare
    {
        get
        {
            int yes = TurnsByPolarity.GetValueOrDefault("yes");
            int no = TurnsByPolarity.GetValueOrDefault("no");
            return yes + no == 0 ? 0 : (double)yes / (yes + no);
        }
    }

    /// <summary>Counts conversations; enumerated once, none is kept.</summary>
    public static ConstructionSummary Of(IEnumerable<CorrectiveConversation> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        SummaryCounter counter = new();
        foreach (CorrectiveConversation conversation in conversations)
        {
            counter.Add(conversation);
        }

        return counter.Finish();
    }

    /// <summary>Counts what became of pairs; enumerated once, none is kept.</summary>
    public static ConstructionSummary Of(IEnumerable<PairResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        SummaryCounter counter = new();
        foreach (PairResult result in results)
        {
            counter.Add(result);
        }

        return counter.Finish();
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
            RepairedCount = RepairedCount + other.RepairedCount,
            FallbackCount = FallbackCount + other.FallbackCount,
            ErrorsByKind = CountTable.Merge(ErrorsByKind, other.ErrorsByKind),
            TurnsByCode = CountTable.Merge(TurnsByCode, other.TurnsByCode),
            TurnsByPolarity = CountTable.Merge(TurnsByPolarity, other.TurnsByPolarity),
            TurnsByKind = CountTable.Merge(TurnsByKind, other.TurnsByKind),
            PairsByConstructor = CountTable.Merge(PairsByConstructor, other.PairsByConstructor),
            RejectionsByReason = CountTable.Merge(RejectionsByReason, other.RejectionsByReason),
            DeadLettersByReason = CountTable.Merge(DeadLettersByReason, other.DeadLettersByReason),
            Usage = Usage.Add(other.Usage),
        };
    }
}
