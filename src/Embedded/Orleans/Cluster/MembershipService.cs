namespace Orleans.Runtime;

/// <summary>The cluster's membership as services see it.</summary>
internal sealed class MembershipService(Silo silo) : IClusterMembershipService
{
    public ClusterMembershipSnapshot CurrentSnapshot => silo.Hub.Membership.Current;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => silo.Hub.Membership.WatchAsync();

    public async ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        await foreach (ClusterMembershipSnapshot snapshot in silo.Hub.Membership.WatchAsync(cancellationToken).ConfigureAwait(false))
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
        bool isMember = CurrentSnapshot.Members.ContainsKey(siloAddress);
        if (isMember)
        {
            silo.Hub.Remove(siloAddress);
        }

        return Task.FromResult(isMember);
    }
}
