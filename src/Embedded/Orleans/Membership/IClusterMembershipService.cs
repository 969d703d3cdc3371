namespace Orleans.Runtime;

/// <summary>The cluster's silos as this silo sees them.</summary>
public interface IClusterMembershipService
{
    /// <summary>The newest view.</summary>
    ClusterMembershipSnapshot CurrentSnapshot { get; }

    /// <summary>The newest view, then each later one.</summary>
    IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates { get; }

    /// <summary>Waits for a view.</summary>
    ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default);

    /// <summary>Declares a silo dead.</summary>
    Task<bool> TryKill(SiloAddress siloAddress);
}
