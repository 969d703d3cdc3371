using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Orleans.Runtime;

/// <summary>A silo or client: an endpoint and a generation, so that a restart has a new address.</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    private static readonly DateTimeOffset Epoch = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static int s_lastGeneration;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    /// <summary>The address of nothing.</summary>
    public static SiloAddress Zero { get; } = New(IPAddress.Any, 0, 0);

    /// <summary>Host and port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The number that distinguishes restarts; negative for clients.</summary>
    public int Generation { get; }

    /// <summary>True for clients.</summary>
    public bool IsClient => Generation < 0;

    /// <summary>Makes an address.</summary>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <summary>Makes an address.</summary>
    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    /// <summary>A generation that no earlier silo of this process had.</summary>
    public static int AllocateNewGeneration()
    {
        int now = (int)(TimeProvider.System.GetUtcNow() - Epoch).TotalSeconds;
        int seen;
        int next;
        do
        {
            seen = Volatile.Read(ref s_lastGeneration);
            next = Math.Max(now, seen + 1);
        }
        while (Interlocked.CompareExchange(ref s_lastGeneration, next, seen) != seen);
        return next;
    }

    /// <summary>Reads what <see cref="ToParsableString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static SiloAddress FromParsableString(string addr) =>
        TryParse(addr, CultureInfo.InvariantCulture, out SiloAddress? result) ? result : throw new FormatException($"Invalid silo address \"{addr}\".");

    /// <summary>Reads what <see cref="ToParsableString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, IFormatProvider? provider, [NotNullWhen(true)] out SiloAddress? result)
    {
        int at = value?.LastIndexOf('@') ?? -1;
        result = at > 0 && IPEndPoint.TryParse(value.AsSpan(0, at), out IPEndPoint? endpoint)
            && int.TryParse(value.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int generation)
            ? new SiloAddress(endpoint, generation) : null;
        return result is not null;
    }

    /// <summary>The address as a text that can be read back.</summary>
    public string ToParsableString() => $"{Endpoint}@{Generation.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A hash that is the same in every process.</summary>
    public int GetConsistentHashCode() => unchecked((int)IdSpan.Create(ToParsableString()).StableHash());

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other) => other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Endpoint, Generation);

    /// <inheritdoc/>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = Generation.CompareTo(other.Generation);
        if (order == 0)
        {
            order = Endpoint.Port.CompareTo(other.Endpoint.Port);
        }

        return order != 0 ? order : Endpoint.Address.GetAddressBytes().AsSpan().SequenceCompareTo(other.Endpoint.Address.GetAddressBytes());
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsClient ? "C" : "S")}{Endpoint}:{Generation.ToString(CultureInfo.InvariantCulture)}";
}
