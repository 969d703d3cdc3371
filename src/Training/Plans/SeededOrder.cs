namespace NSft.Training.Plans;

/// <summary>Permutations that depend on seeds alone, whatever the runtime.</summary>
/// <remarks>Fisher-Yates over SplitMix64 (Steele, Lea, Flood 2014).</remarks>
internal static class SeededOrder
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The numbers 0 to count - 1 in random order.</summary>
    internal static int[] Permutation(int count, ulong seed, ulong stream)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        ulong state = Mix(seed + Golden) ^ Mix(Mix(stream) + Golden);
        for (int last = count - 1; last > 0; last--)
        {
            state += Golden;
            int other = (int)Math.BigMul(Mix(state), (ulong)last + 1, out _);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
