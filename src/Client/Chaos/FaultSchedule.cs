using NSft.Client.Processes;

namespace NSft.Client.Chaos;

/// <summary>
/// Random faults, one every few seconds, without end: a pure function of the seed and the number of silos. At least one silo is always
/// left alone, and silos that are gone come back as new ones.
/// </summary>
/// <remarks>
/// The schedule knows which silos are there at any time because nothing but its own faults takes one away. SplitMix64 draws the numbers:
/// its sequence does not depend on the runtime.
/// </remarks>
internal sealed class FaultSchedule
{
    private const double ShortestGap = 1.5;
    private const double LongestGap = 4.5;
    private const double ShortestFreeze = 0.5;
    private const double LongestFreeze = 6;
    private const double ShortestPause = 0.5;
    private const double LongestPause = 2;

    // A silo that has just begun to join or to thaw is not yet one that the run can rely on.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private static readonly (FaultKind Kind, int Weight)[] Weights =
    [
        (FaultKind.Kill, 6), (FaultKind.DoubleKill, 2), (FaultKind.Freeze, 4), (FaultKind.Join, 6), (FaultKind.Drain, 3), (FaultKind.Scale, 2), (FaultKind.Pause, 1),
    ];

    private readonly int _siloCount;
    private readonly Dictionary<string, TimeSpan> _steadyFrom = new(StringComparer.Ordinal);
    private ulong _state;
    private int _nextNumber;
    private TimeSpan _now;

    private FaultSchedule(ulong seed, int siloCount)
    {
        _state = seed;
        _siloCount = siloCount;
        foreach (int number in Enumerable.Range(1, siloCount))
        {
            _steadyFrom.Add(Name(number), TimeSpan.Zero);
        }

        _nextNumber = siloCount + 1;
    }

    /// <summary>The faults in order of time.</summary>
    /// <param name="seed">Decides all of them.</param>
    /// <param name="siloCount">Silos at the start, named silo-1 and on; at least 2.</param>
    public static IEnumerable<Fault> Of(ulong seed, int siloCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(siloCount, 2);
        FaultSchedule schedule = new(seed, siloCount);
        while (true)
        {
            yield return schedule.Next();
        }
    }

    private static string Name(int number) => FormattableString.Invariant($"{SiloRecords.NamePrefix}{number}");

    private Fault Next()
    {
        _now += Seconds(ShortestGap, LongestGap);
        string[] steady = [.. _steadyFrom.Where(pair => pair.Value <= _now).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
        FaultKind kind = Draw([.. Weights.Where(one => IsPossible(one.Kind, steady.Length))]);
        return kind switch
        {
            FaultKind.Kill or FaultKind.Drain => new Fault(_now, kind, Take(steady, 1)),
            FaultKind.DoubleKill => new Fault(_now, kind, Take(steady, 2)),
            FaultKind.Freeze => Freeze(steady),
            FaultKind.Join => new Fault(_now, kind, [Add()]),
            FaultKind.Scale => new Fault(_now, kind, [], Workers: 1 + Below(_siloCount)),
            _ => new Fault(_now, kind, [], Seconds(ShortestPause, LongestPause)),
        };
    }

    /// <summary>One steady silo is left whatever happens; the others are at most as many as at the start and one more.</summary>
    private bool IsPossible(FaultKind kind, int steady) => kind switch
    {
        FaultKind.Kill or FaultKind.Drain or FaultKind.Freeze => steady >= 2,
        FaultKind.DoubleKill => steady >= 3,
        FaultKind.Join => _steadyFrom.Count <= _siloCount,
        _ => true,
    };

    private Fault Freeze(string[] steady)
    {
        string silo = steady[Below(steady.Length)];
        TimeSpan lasts = Seconds(ShortestFreeze, LongestFreeze);
        _steadyFrom[silo] = _now + lasts + Settling;
        return new Fault(_now, FaultKind.Freeze, [silo], lasts);
    }

    private string Add()
    {
        string name = Name(_nextNumber++);
        _steadyFrom.Add(name, _now + Settling);
        return name;
    }

    private List<string> Take(string[] steady, int count)
    {
        List<string> left = [.. steady];
        List<string> taken = [];
        for (int index = 0; index < count; index++)
        {
            string silo = left[Below(left.Count)];
            left.Remove(silo);
            _steadyFrom.Remove(silo);
            taken.Add(silo);
        }

        return taken;
    }

    private FaultKind Draw((FaultKind Kind, int Weight)[] possible)
    {
        int at = Below(possible.Sum(one => one.Weight));
        foreach ((FaultKind kind, int weight) in possible)
        {
            if (at < weight)
            {
                return kind;
            }

            at -= weight;
        }

        return possible[^1].Kind;
    }

    private TimeSpan Seconds(double least, double most) => TimeSpan.FromMilliseconds((int)(1000 * least) + Below((int)(1000 * (most - least))));

    private int Below(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        ulong value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(value ^ (value >> 31), (ulong)bound, out _);
    }
}
