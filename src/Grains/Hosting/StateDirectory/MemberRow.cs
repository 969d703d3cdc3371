using System.Globalization;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>A silo's row as the membership file holds it.</summary>
internal sealed record MemberRow
{
    public required string Silo { get; init; }

    public required SiloStatus Status { get; init; }

    public string? Name { get; init; }

    public string? Host { get; init; }

    public string? Role { get; init; }

    public int ProxyPort { get; init; }

    public int UpdateZone { get; init; }

    public int FaultZone { get; init; }

    public DateTime StartTime { get; init; }

    public DateTime AliveTime { get; init; }

    public List<Suspicion> Suspicions { get; init; } = [];

    /// <summary>The table's version when the row was written.</summary>
    public int Version { get; init; }

    /// <summary>What a change of the row must name.</summary>
    internal string Etag => Version.ToString(CultureInfo.InvariantCulture);

    internal static MemberRow From(MembershipEntry entry, int version) => new()
    {
        Silo = entry.SiloAddress.ToParsableString(),
        Status = entry.Status,
        Name = entry.SiloName,
        Host = entry.HostName,
        Role = entry.RoleName,
        ProxyPort = entry.ProxyPort,
        UpdateZone = entry.UpdateZone,
        FaultZone = entry.FaultZone,
        StartTime = entry.StartTime,
        AliveTime = entry.IAmAliveTime,
        Suspicions = [.. (entry.SuspectTimes ?? []).Select(one => new Suspicion(one.Item1.ToParsableString(), one.Item2))],
        Version = version,
    };

    internal MembershipEntry ToEntry() => new()
    {
        SiloAddress = SiloAddress.FromParsableString(Silo),
        Status = Status,
        SiloName = Name!,
        HostName = Host!,
        RoleName = Role,
        ProxyPort = ProxyPort,
        UpdateZone = UpdateZone,
        FaultZone = FaultZone,
        StartTime = StartTime,
        IAmAliveTime = AliveTime,
        SuspectTimes = [.. Suspicions.Select(one => Tuple.Create(SiloAddress.FromParsableString(one.Silo), one.Time))],
    };

    /// <summary>A silo that suspects the row's silo.</summary>
    /// <param name="Silo">Who.</param>
    /// <param name="Time">Since when.</param>
    internal sealed record Suspicion(string Silo, DateTime Time);
}
