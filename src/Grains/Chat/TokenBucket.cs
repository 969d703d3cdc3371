namespace NSft.Grains.Chat;

/// <summary>
/// A limit per minute as a bucket that fills evenly. It holds a twentieth of a minute's limit and fills the slower for that, so that no
/// minute sees more than the limit; it starts empty, as it may follow one that was lost with its silo. Pure but for the clock.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(TimeProvider time)
{
    private const int CapacityShare = 20;

    private long _limit;
    private double _level;
    private long _since = time.GetTimestamp();

    private double Capacity => Math.Max(1, _limit / CapacityShare);

    private double PerSecond => (_limit - Capacity + 1) / 60;

    /// <summary>Sets the limit.</summary>
    /// <param name="perMinute">Units a minute; 0 for no limit.</param>
    internal void Limit(long perMinute)
    {
        Fill();
        _limit = perMinute;
    }

    /// <summary>How long until an amount can be taken; zero when it can be now. More than the bucket holds is taken from a full one, as a debt.</summary>
    internal TimeSpan WaitFor(long amount)
    {
        Fill();
        var missing = Math.Min(amount, Capacity) - _level;

        // One tick more than the division says: a wait that is rounded down would end a moment too early.
        return _limit == 0 || missing <= 1e-9 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / PerSecond) + TimeSpan.FromTicks(1);
    }

    /// <summary>Takes an amount; a negative one gives back.</summary>
    internal void Take(long amount)
    {
        Fill();
        _level = Math.Min(_level - amount, Capacity);
    }

    private void Fill()
    {
        var elapsed = time.GetElapsedTime(_since);
        _since = time.GetTimestamp();
        _level = _limit == 0 ? 0 : Math.Min(Capacity, _level + (elapsed.TotalSeconds * PerSecond));
    }
}
