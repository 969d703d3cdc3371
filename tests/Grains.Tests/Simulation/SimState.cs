namespace NSft.Grains.Tests.Simulation;

/// <summary>Weights, moments and the history of applied tries, one number a block each.</summary>
internal sealed class SimState
{
    private readonly ulong[] _weights = new ulong[SimLayout.BlockCount];
    private readonly ulong[] _moments = new ulong[SimLayout.BlockCount];
    private readonly ulong[] _history = new ulong[SimLayout.BlockCount];

    internal static SimState Initial()
    {
        var state = new SimState();
        for (var block = 0; block < SimLayout.BlockCount; block++)
        {
            state._weights[block] = Mix((ulong)block + 99);
        }

        return state;
    }

    internal static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    internal ulong Weights(int block) => _weights[block];

    internal ulong Moments(int block) => _moments[block];

    internal ulong History(int block) => _history[block];

    internal SimState Copy()
    {
        var copy = new SimState();
        _weights.CopyTo(copy._weights, 0);
        _moments.CopyTo(copy._moments, 0);
        _history.CopyTo(copy._history, 0);
        return copy;
    }

    internal ulong WeightsDigest()
    {
        ulong digest = 17;
        foreach (var weights in _weights)
        {
            digest = Mix(digest ^ weights);
        }

        return digest;
    }

    internal void Apply(int block, ulong total, double norm, ulong attempt)
    {
        _moments[block] = Mix(_moments[block] ^ total);
        _weights[block] = Mix(_weights[block] ^ _moments[block] ^ BitConverter.DoubleToUInt64Bits(norm));
        _history[block] = Mix(_history[block] ^ attempt);
    }

    internal void SetWeights(int block, ulong weights, ulong history) => (_weights[block], _history[block]) = (weights, history);

    internal void SetMoments(int block, ulong moments) => _moments[block] = moments;
}
