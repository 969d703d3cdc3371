using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>A membership view.</summary>
public sealed class ClusterMembershipSnapshot
{
    /// <summary>Sets all.</summary>
    public ClusterMembershipSnapshot(ImmutableDictionary<SiloAddress, ClusterMember> members, MembershipVersion version)
    {
        Members = members;
        Version = version;
    }

    /// <summary>The silos, also those that are gone.</summary>
    public ImmutableDictionary<SiloAddress, ClusterMember> Members { get; }

    /// <summary>The view's number.</summary>
    public MembershipVersion Version { get; }

    /// <summary>The state of a silo; a silo whose endpoint has a newer generation is dead.</summary>
    public SiloStatus GetSiloStatus(SiloAddress silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        if (Members.TryGetValue(silo, out ClusterMember? member))
        {
            return member.Status;
        }

        return Members.Keys.Any(other => other.Endpoint.Equals(silo.Endpoint) && other.Generation > silo.Generation) ? SiloStatus.Dead : SiloStatus.None;
    }

    /// <inheritdoc/>
    public override string ToString() => $"[Version: {Version}, {Members.Count} silos: {string.Join(", ", Members.Values)}]";
}
