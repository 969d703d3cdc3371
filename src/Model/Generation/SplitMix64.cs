namespace NSft.Model.Generation;

/// <summary>A small counter-based random stream; equal seeds and streams give equal numbers on every machine.</summary>
/// <remarks>Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), the SplitMix64 finaliser.</remarks>
internal struct SplitMix64
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private ulong _state;

    internal SplitMix64(ulong seed, ulong stream)
    {
        _state = Mix(seed) ^ Mix(stream + Increment);
    }

    /// <summary>Next number in [0, 1).</summary>
    internal double NextUnit()
    {
        _state += Increment;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
