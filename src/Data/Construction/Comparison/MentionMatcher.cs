using NSft.Data.Construction.Parsing;

namespace NSft.Data.Construction.Comparison;

/// <summary>Pairs the objects of two texts: the same category always, then as many equal places and properties as possible.</summary>
internal sealed class MentionMatcher(Lexicon lexicon)
{
    private const int PlaceWorth = 4;
    private const int AttributeWorth = 2;
    private const int Contradiction = 1;
    private const int Likeness = 1_000;

    // Up to here the best assignment is searched among all; longer lists are paired greedily.
    private const int LargestSearched = 6;

    /// <summary>Pairs objects of one category.</summary>
    /// <param name="claimed">Objects of the rejected answer.</param>
    /// <param name="known">Objects of the chosen answer.</param>
    /// <returns>For every claimed object the position of its counterpart, or -1.</returns>
    public int[] Match(IReadOnlyList<Mention> claimed, IReadOnlyList<Mention> known)
    {
        int[] best = new int[claimed.Count];
        Array.Fill(best, -1);
        if (claimed.Count == 1 && known.Count == 1)
        {
            best[0] = 0;
        }
        else if (claimed.Count > LargestSearched || known.Count > LargestSearched)
        {
            MatchGreedily(claimed, known, best);
        }
        else if (known.Count > 0)
        {
            int bestWorth = -1;
            Search(claimed, known, new Assignment(new int[claimed.Count], 0, 0), ref best, ref bestWorth);
        }

        return best;
    }

    private void Search(IReadOnlyList<Mention> claimed, IReadOnlyList<Mention> known, Assignment partial, ref int[] best, ref int bestWorth)
    {
        (int[] places, int next, int worth) = partial;
        if (next == claimed.Count)
        {
            if (worth > bestWorth)
            {
                bestWorth = worth;
                best = [.. places];
            }

            return;
        }

        for (int index = 0; index < known.Count; index++)
        {
            if (!places.AsSpan(0, next).Contains(index))
            {
                places[next] = index;
                Search(claimed, known, new Assignment(places, next + 1, worth + Worth(claimed[next], known[index])), ref best, ref bestWorth);
            }
        }

        places[next] = -1;
        Search(claimed, known, new Assignment(places, next + 1, worth), ref best, ref bestWorth);
    }

    private void MatchGreedily(IReadOnlyList<Mention> claimed, IReadOnlyList<Mention> known, int[] best)
    {
        IEnumerable<(int Claimed, int Known)> pairs =
            from first in Enumerable.Range(0, claimed.Count)
            from second in Enumerable.Range(0, known.Count)
            orderby Worth(claimed[first], known[second]) descending, first, second
            select (first, second);
        HashSet<int> used = [];
        foreach ((int first, int second) in pairs)
        {
            if (best[first] < 0 && used.Add(second))
            {
                best[first] = second;
            }
        }
    }

    // Any pair is worth more than none; likeness decides which.
    private int Worth(Mention claimed, Mention known)
    {
        int worth = Likeness;
        if (claimed.Place >= 0 && claimed.Place == known.Place)
        {
            worth += PlaceWorth;
        }
        else if (claimed.Place >= 0 && known.Place >= 0 && lexicon.Content.Places.Contradict(claimed.Place, known.Place))
        {
            worth -= Contradiction;
        }

        worth += AttributeWorth * claimed.Attributes.Count(known.Attributes.Contains);
        return worth - (Contradiction * claimed.Attributes.Count(value => known.Attributes.Exists(other => lexicon.Contradict(value, other))));
    }

    private readonly record struct Assignment(int[] Places, int Next, int Worth);
}
