namespace NSft.Client.Silos;

/// <summary>How long a silo waits before it joins again: short at first, twice as long each time it lived only briefly. Pure.</summary>
internal static class RejoinPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongLife = TimeSpan.FromSeconds(20);

    /// <summary>The pause after a life.</summary>
    /// <param name="previous">The pause before that life; zero for the first.</param>
    /// <param name="lived">How long the life was.</param>
    public static TimeSpan After(TimeSpan previous, TimeSpan lived)
    {
        if (previous == TimeSpan.Zero || lived >= LongLife)
        {
            return Shortest;
        }

        TimeSpan twice = 2 * previous;
        return twice < Longest ? twice : Longest;
    }
}
