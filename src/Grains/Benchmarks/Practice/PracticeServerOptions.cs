using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NSft.Grains.Benchmarks.Practice;

/// <summary>How a practice server behaves.</summary>
public sealed record PracticeServerOptions
{
    /// <summary>Time from the last byte of a request to the first of its answer.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Share of requests that each fault befalls, 0 to 1; together at most 1.</summary>
    public IReadOnlyDictionary<PracticeFault, double> Faults { get; init; } = new Dictionary<PracticeFault, double>();

    /// <summary>What Retry-After asks for.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Seed of the faults. The same request at the same try meets the same fault.</summary>
    public int Seed { get; init; }

    /// <summary>All kinds of faults with a total share.</summary>
    /// <param name="share">Share of requests that go wrong, 0 to 1.</param>
    /// <returns>Shares of each kind; hangs are the rarest, as each costs a whole timeout.</returns>
    public static IReadOnlyDictionary<PracticeFault, double> Mixed(double share)
    {
        var kinds = Enum.GetValues<PracticeFault>().Where(fault => fault != PracticeFault.None).ToList();
        return kinds.ToDictionary(fault => fault, fault => share * (fault == PracticeFault.Hang ? 0.1 : 0.9 / (kinds.Count - 1)));
    }

    /// <summary>What befalls a request.</summary>
    /// <param name="key">Hash of its content.</param>
    /// <param name="attempt">Which try of this content it is, from 1.</param>
    internal PracticeFault FaultOf(string key, int attempt)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{Seed}/{attempt}/{key}"));
        var draw = BinaryPrimitives.ReadUInt32LittleEndian(hash) / (double)uint.MaxValue;
        foreach (var (fault, share) in Faults.OrderBy(fault => fault.Key))
        {
            draw -= share;
            if (draw < 0)
            {
                return fault;
            }
        }

        return PracticeFault.None;
    }
}
