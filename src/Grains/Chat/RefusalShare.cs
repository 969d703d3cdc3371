namespace NSft.Grains.Chat;

/// <summary>How many of the latest requests the server refused as too many.</summary>
internal sealed class RefusalShare
{
    // Strays of 1 in 50 reach six of the last 50, more than the limit, less than once in 1000 times.
    private const double Limit = 0.1;
    private const double Memory = 50;

    private double _refused;
    private double _all;

    /// <summary>Whether refusals are so many that the rate must be too high; the first answer of all being one is enough.</summary>
    internal bool IsMoreThanStrays => _refused > Limit * _all;

    /// <summary>Counts outcomes; older ones fade.</summary>
    /// <param name="refused">Requests that were refused as too many.</param>
    /// <param name="others">Requests with any other outcome.</param>
    internal void Add(int refused, int others)
    {
        var kept = Math.Max(0, 1 - ((refused + others) / Memory));
        _refused = (_refused * kept) + refused;
        _all = (_all * kept) + refused + others;
    }
}
