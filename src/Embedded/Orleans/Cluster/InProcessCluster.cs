namespace Orleans.Runtime;

/// <summary>A silo's place in a cluster of this process.</summary>
internal sealed class InProcessCluster(Silo silo, ClusterKey key) : ICluster
{
    private ClusterHub? _hub;

    public MembershipViews Membership => Hub.Membership;

    public IGrainLocator Directory => Hub.Locator;

    public ITransport Transport => Hub.Transport;

    public MemoryStore Store => Hub.Store;

    public bool RelaysClients => false;

    private ClusterHub Hub => _hub ?? throw new InvalidOperationException("The silo has not started.");

    public Task JoinAsync(CancellationToken cancellationToken)
    {
        _hub = ClusterHub.Join(key, silo);
        _hub.Transport.Attach(silo.Address, silo);
        _hub.Membership.Update(silo.Address, SiloStatus.Joining, silo.Name);
        _hub.Membership.Update(silo.Address, SiloStatus.Active);
        return Task.CompletedTask;
    }

    public Task AnnounceStopAsync(CancellationToken cancellationToken)
    {
        Hub.Membership.Update(silo.Address, SiloStatus.ShuttingDown);
        return Task.CompletedTask;
    }

    public Task LeaveAsync()
    {
        Hub.Remove(silo.Address);
        return Task.CompletedTask;
    }

    public void Abandon() => _hub?.Remove(silo.Address);

    public Task<bool> TryKillAsync(SiloAddress silo)
    {
        bool isMember = Membership.Current.Members.ContainsKey(silo);
        if (isMember)
        {
            Hub.Remove(silo);
        }

        return Task.FromResult(isMember);
    }

    public Task RefreshAsync() => Task.CompletedTask;

    public void Receive(ControlMessage message)
    {
        // Silos of one process share what other silos ask each other for.
    }

    public void Disconnected(SiloAddress peer)
    {
        // Who leaves the transport has left the hub.
    }
}
