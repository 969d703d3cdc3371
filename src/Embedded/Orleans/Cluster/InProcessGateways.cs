using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The gateways of a cluster in this process, by their ports.</summary>
internal sealed class InProcessGateways(CallNode client, ClusterOptions cluster, int[] ports) : IGateways
{
    private readonly Lock _gate = new();
    private OpenGateways _open = new([], null);
    private ClusterHub? _hub;

    public ITransport? Transport => _hub?.Transport;

    /// <summary>The gateways that are up, looked for again only when the membership has changed.</summary>
    public SiloAddress[] Open
    {
        get
        {
            OpenGateways known = _open;
            if (_hub is null || known.Silos.Length == 0 || known.View != _hub.Membership.Current)
            {
                lock (_gate)
                {
                    _open = known = Find();
                }
            }

            return known.Silos;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Open.Length > 0
        ? Task.CompletedTask
        : throw new SiloUnavailableException(
            $"Could not find any gateway of the cluster \"{cluster.ClusterId}\" of the service \"{cluster.ServiceId}\" at 127.0.0.1 port {string.Join(", ", ports)} in this process.");

    public void Stop() => _hub?.Transport.Detach(client.Address);

    public void Receive(ControlMessage message)
    {
        // Nodes of one process share what others ask each other for.
    }

    public void Disconnected(SiloAddress peer)
    {
        // The next look at the gateways sees the new membership.
    }

    private OpenGateways Find()
    {
        ClusterMembershipSnapshot? view = _hub?.Membership.Current;
        List<(ClusterHub Hub, SiloAddress Silo)> open = [];
        foreach (int port in ports)
        {
            if (ClusterHub.FindGateway(cluster.ServiceId, cluster.ClusterId, port) is { } found)
            {
                open.Add(found);
            }
        }

        ClusterHub? hub = open.Exists(one => one.Hub == _hub) || open.Count == 0 ? _hub : open[0].Hub;
        if (hub is not null && hub != _hub && !client.IsClosed)
        {
            // The first connection, or the cluster was started anew.
            _hub = hub;
            view = hub.Membership.Current;
            hub.Transport.Attach(client.Address, client);
        }

        return new OpenGateways([.. open.Where(one => one.Hub == hub).Select(one => one.Silo)], view);
    }

    private sealed record OpenGateways(SiloAddress[] Silos, ClusterMembershipSnapshot? View);
}
