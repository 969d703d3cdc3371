namespace NSft.Client.Datasets;

/// <summary>Random numbers that depend on a seed alone, on every machine (SplitMix64; Steele, Lea, Flood 2014).</summary>
internal sealed class SeededSequence(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to below the limit.</summary>
    /// <param name="limit">Above 0.</param>
    public long Below(long limit) => (long)Math.BigMul(Next(), (ulong)limit, out _);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
