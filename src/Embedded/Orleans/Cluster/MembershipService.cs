namespace Orleans.Runtime;

/// <summary>The cluster's membership as services see it.</summary>
internal sealed class MembershipService(Silo silo) : IClusterMembershipService
{
    public ClusterMembershipSnapshot CurrentSnapshot => silo.Cluster.Membership.Current;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => silo.Cluster.Membership.WatchAsync();

    public async ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        await silo.Cluster.RefreshAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await foreach (ClusterMembershipSnapshot snapshot in silo.Cluster.Membership.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (snapshot.Version >= minimumVersion)
            {
                return;
            }
        }
    }

    public Task<bool> TryKill(SiloAddress siloAddress)
    {
        ArgumentNullException.ThrowIfNull(siloAddress);
        return silo.Cluster.TryKillAsync(siloAddress);
    }
}
