namespace NSft.Data.Construction.Writing;

/// <summary>Choices that depend on a seed and a text alone: the same on every machine and in every order of work.</summary>
internal sealed class SeededChoice
{
    private ulong _state;

    /// <summary>Starts the choices of a pair.</summary>
    public SeededChoice(ulong seed, string id)
    {
        const ulong Offset = 14695981039346656037;
        const ulong Prime = 1099511628211;
        ulong hash = Offset ^ seed;
        foreach (char letter in id)
        {
            hash = (hash ^ letter) * Prime;
        }

        _state = hash;
    }

    /// <summary>A number from 0 to below the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>True with a probability.</summary>
    public bool With(double probability) => (Next() >> 11) * (1.0 / (1ul << 53)) < probability;

    /// <summary>A position of a list, likelier the greater its weight.</summary>
    /// <param name="weights">At least one weight; all greater than 0.</param>
    public int Weighted(IReadOnlyList<int> weights)
    {
        int rest = Below(weights.Sum());
        int index = 0;
        while (rest >= weights[index])
        {
            rest -= weights[index++];
        }

        return index;
    }

    /// <summary>Puts a list into a random order in which weightier items tend to come first.</summary>
    public void Shuffle<T>(List<T> list, Func<T, int> weight)
    {
        List<T> rest = [.. list];
        list.Clear();
        while (rest.Count > 0)
        {
            int index = Weighted([.. rest.Select(weight)]);
            list.Add(rest[index]);
            rest.RemoveAt(index);
        }
    }

    /// <summary>Puts a list into a random order.</summary>
    public void Shuffle<T>(IList<T> list)
    {
        for (int last = list.Count - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (list[last], list[other]) = (list[other], list[last]);
        }
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
