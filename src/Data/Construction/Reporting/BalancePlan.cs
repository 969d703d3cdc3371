using System.Globalization;

namespace NSft.Data.Construction.Reporting;

/// <summary>Which turns a set leaves out so that yes and no stay in balance. Any thread, any order.</summary>
public sealed class BalancePlan
{
    private readonly TurnPolarity _surplus;
    private readonly int _spareLimit;
    private readonly int _doubledLimit;

    internal BalancePlan(BalanceCounts before, double low, double high, TurnPolarity surplus, int spareLimit, int doubledLimit)
    {
        (_surplus, _spareLimit, _doubledLimit) = (surplus, spareLimit, doubledLimit);
        IReadOnlyList<int> spare = surplus == TurnPolarity.Yes ? before.SpareYes : before.SpareNo;
        IReadOnlyList<int> doubled = surplus == TurnPolarity.Yes ? before.DoubledYes : before.DoubledNo;
        DroppedTurns = spare.Take(spareLimit).Sum(count => (long)count) + doubled.Take(doubledLimit).Sum(count => (long)count);
        YesShareBefore = before.YesShare;
        YesShare = (surplus == TurnPolarity.Yes
            ? before with { Yes = before.Yes - DroppedTurns }
            : before with { No = before.No - DroppedTurns }).YesShare;
        IsReached = YesShare >= low && YesShare <= high;
        string bounds = string.Create(CultureInfo.InvariantCulture, $"{low:0.##} to {high:0.##}");
        Note = (DroppedTurns, IsReached) switch
        {
            (0, true) => null,
            (_, true) => string.Create(CultureInfo.InvariantCulture, $"left out {DroppedTurns} turns answered {ConstructionName.Of(surplus)}: the share of yes goes from {YesShareBefore:0.00} to {YesShare:0.00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"the share of yes stays at {YesShare:0.00}, outside {bounds}: every other turn is the last one that corrects an error; add pairs whose errors are answered otherwise"),
        };
    }

    /// <summary>Turns that are left out.</summary>
    public long DroppedTurns { get; }

    /// <summary>Share of yes among yes and no before, 0 to 1.</summary>
    public double YesShareBefore { get; }

    /// <summary>Share of yes among yes and no afterwards, 0 to 1.</summary>
    public double YesShare { get; }

    /// <summary>Whether the share lies within the bounds afterwards.</summary>
    public bool IsReached { get; }

    /// <summary>What was done or could not be done, on one line; null when the set was in balance.</summary>
    public string? Note { get; }

    /// <summary>A conversation without the turns that are left out; never without any turn.</summary>
    public CorrectiveConversation Apply(CorrectiveConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (DroppedTurns == 0)
        {
            return conversation;
        }

        CorrectiveTurn[] kept =
        [
            .. SetBalance.Classify(conversation)
                .Where(turn => turn.Turn.Polarity != _surplus || turn.Hash >= Limit(turn.Use))
                .Select(turn => turn.Turn),
        ];
        return kept.Length == conversation.Turns.Count ? conversation : conversation with { Turns = kept };
    }

    private int Limit(TurnUse use) => use switch
    {
        TurnUse.Spare => _spareLimit,
        TurnUse.Doubled => _doubledLimit,
        _ => 0,
    };
}
