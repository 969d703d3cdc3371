using NSft.Collectives;
using NSft.Data.Construction.Writing;

namespace NSft.Data.Construction.Reporting;

/// <summary>Keeps the share of yes over a whole set within bounds, in two passes over its conversations.</summary>
/// <remarks>
/// The first pass counts (<see cref="Count(CorrectiveConversation)"/>, parts merge), the second leaves turns of the surplus answer out
/// (<see cref="BalancePlan.Apply"/>): confirming ones first, then correcting ones whose error another turn corrects. What is left out
/// depends on the counts of the set and on pair and question alone. Constructed questions that are mostly answered one way teach the
/// answer instead of the image.
/// </remarks>
public static class SetBalance
{
    /// <summary>Lowest share of yes unless told otherwise.</summary>
    public const double DefaultLow = 0.35;

    /// <summary>Highest share of yes unless told otherwise.</summary>
    public const double DefaultHigh = 0.65;

    /// <summary>Counts a conversation.</summary>
    public static BalanceCounts Count(CorrectiveConversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return Count([conversation]);
    }

    /// <summary>Counts conversations; enumerated once, none is kept.</summary>
    public static BalanceCounts Count(IEnumerable<CorrectiveConversation> conversations)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        long[] totals = new long[3];
        int[][] spare = [new int[BalanceCounts.SlotCount], new int[BalanceCounts.SlotCount], []];
        int[][] doubled = [new int[BalanceCounts.SlotCount], new int[BalanceCounts.SlotCount], []];
        foreach ((CorrectiveTurn turn, TurnUse use, int hash) in conversations.SelectMany(Classify))
        {
            totals[(int)turn.Polarity]++;
            if (use != TurnUse.Needed)
            {
                (use == TurnUse.Spare ? spare : doubled)[(int)turn.Polarity][hash]++;
            }
        }

        return new BalanceCounts
        {
            Yes = totals[(int)TurnPolarity.Yes],
            No = totals[(int)TurnPolarity.No],
            Open = totals[(int)TurnPolarity.Open],
            SpareYes = spare[(int)TurnPolarity.Yes],
            SpareNo = spare[(int)TurnPolarity.No],
            DoubledYes = doubled[(int)TurnPolarity.Yes],
            DoubledNo = doubled[(int)TurnPolarity.No],
        };
    }

    /// <summary>Decides what is left out.</summary>
    /// <param name="counts">Counts of the whole set.</param>
    /// <param name="low">Lowest share of yes, 0 to <paramref name="high"/>.</param>
    /// <param name="high">Highest share of yes, to 1.</param>
    /// <exception cref="UserInputException">The bounds are out of range.</exception>
    public static BalancePlan Plan(BalanceCounts counts, double low = DefaultLow, double high = DefaultHigh)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (!(low >= 0 && low <= high && high <= 1))
        {
            throw new UserInputException(FormattableString.Invariant($"the share of yes cannot be kept between {low} and {high}: give two numbers from 0 to 1, the lower one first"));
        }

        bool isYes = counts.YesShare > high;
        if (!isYes && counts.YesShare >= low)
        {
            return new BalancePlan(counts, low, high, TurnPolarity.Yes, 0, 0);
        }

        long wanted = isYes ? Surplus(counts.Yes, counts.No, high) : Surplus(counts.No, counts.Yes, 1 - low);
        IReadOnlyList<int> spare = isYes ? counts.SpareYes : counts.SpareNo;
        (int spareLimit, long taken) = Take(spare, wanted);
        (int doubledLimit, _) = Take(isYes ? counts.DoubledYes : counts.DoubledNo, wanted - taken);
        return new BalancePlan(counts, low, high, isYes ? TurnPolarity.Yes : TurnPolarity.No, spareLimit, doubledLimit);
    }

    /// <summary>The turns of a conversation, with what they are good for and the byte of their hash.</summary>
    internal static IEnumerable<(CorrectiveTurn Turn, TurnUse Use, int Hash)> Classify(CorrectiveConversation conversation)
    {
        IReadOnlyList<CorrectiveTurn> turns = conversation.Turns;
        bool isOneSided = turns.All(turn => turn.Polarity == turns[0].Polarity) && turns.All(turn => turn.Kind == TurnKind.Confirm);
        for (int index = 0; index < turns.Count; index++)
        {
            CorrectiveTurn turn = turns[index];
            bool isLast = isOneSided && index == 0;
            TurnUse use = isLast || turn.Polarity == TurnPolarity.Open
                ? TurnUse.Needed
                : turn.Kind == TurnKind.Confirm ? TurnUse.Spare : IsDoubled(turns, index) ? TurnUse.Doubled : TurnUse.Needed;
            yield return (turn, use, new SeededChoice(0, conversation.PairId + "\n" + turn.Question).Below(BalanceCounts.SlotCount));
        }
    }

    // The first turn of each error and answer stays unless the error is corrected with another answer as well.
    private static bool IsDoubled(IReadOnlyList<CorrectiveTurn> turns, int index)
    {
        for (int other = 0; other < turns.Count; other++)
        {
            bool isSameError = turns[other].Kind == TurnKind.Correct && turns[other].Span == turns[index].Span && turns[other].Fact == turns[index].Fact;
            if (isSameError && (turns[other].Polarity != turns[index].Polarity || other < index))
            {
                return true;
            }
        }

        return false;
    }

    // How many of the surplus go so that the rest is at most a share of all that is left.
    private static long Surplus(long surplus, long rest, double share) =>
        share >= 1 ? 0 : Math.Min(surplus, (long)Math.Ceiling(surplus - (share / (1 - share) * rest) - 1e-9));

    private static (int Limit, long Taken) Take(IReadOnlyList<int> counts, long wanted)
    {
        int limit = 0;
        long taken = 0;
        while (taken < wanted && limit < counts.Count)
        {
            taken += counts[limit++];
        }

        return (limit, taken);
    }
}
