using Orleans.Runtime;

namespace Orleans;

/// <summary>A silo's row of the membership table.</summary>
public class MembershipEntry
{
    /// <summary>The silo.</summary>
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Its state.</summary>
    public SiloStatus Status { get; set; }

    /// <summary>Who suspects it, and since when.</summary>
    public List<Tuple<SiloAddress, DateTime>>? SuspectTimes { get; set; }

    /// <summary>Its port for clients; 0 for none.</summary>
    public int ProxyPort { get; set; }

    /// <summary>Its machine.</summary>
    public string? HostName { get; set; }

    /// <summary>Its name.</summary>
    public string? SiloName { get; set; }

    /// <summary>Its role, where the environment has roles.</summary>
    public string? RoleName { get; set; }

    /// <summary>Its update zone, where the environment has zones.</summary>
    public int UpdateZone { get; set; }

    /// <summary>Its fault zone, where the environment has zones.</summary>
    public int FaultZone { get; set; }

    /// <summary>When it started.</summary>
    public DateTime StartTime { get; set; }

    /// <summary>When it last said that it lives.</summary>
    public DateTime IAmAliveTime { get; set; }

    /// <summary>Adds a suspicion.</summary>
    public void AddSuspector(SiloAddress suspectingSilo, DateTime suspectingTime) =>
        (SuspectTimes ??= []).Add(Tuple.Create(suspectingSilo, suspectingTime));

    /// <inheritdoc/>
    public override string ToString() => $"{SiloAddress}/{SiloName}/{Status}";
}
