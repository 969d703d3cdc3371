using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A client: sends every request to a gateway, which a grain's id chooses among those that are up.</summary>
internal sealed class EmbeddedClient(
    IOptions<ClusterOptions> cluster,
    IOptions<GatewayPorts> gateways,
    IOptions<ClientMessagingOptions> messaging,
    TimeProvider time) : CallNode(time), IDisposable
{
    private static int s_lastPort;

    private readonly Lock _gate = new();
    private OpenGateways _open = new([], null);
    private ClusterHub? _hub;
    private bool _isClosed;

    public override SiloAddress Address { get; } =
        SiloAddress.New(IPAddress.Loopback, Interlocked.Increment(ref s_lastPort) & 0xFFFF, -SiloAddress.AllocateNewGeneration());

    public override TimeSpan ResponseTimeout => messaging.Value.ResponseTimeout;

    protected internal override ITransport Transport => _hub?.Transport ?? throw new InvalidOperationException("The client has not started.");

    protected internal override bool IsClosed => _isClosed;

    /// <summary>Connects to the cluster of the first gateway that is up.</summary>
    /// <exception cref="SiloUnavailableException">No gateway is up.</exception>
    public void Start()
    {
        GrainManifest.Refresh();
        if (Gateways().Length == 0)
        {
            throw new SiloUnavailableException(
                $"Could not find any gateway of the cluster \"{cluster.Value.ClusterId}\" of the service \"{cluster.Value.ServiceId}\" at 127.0.0.1 port {string.Join(", ", gateways.Value.Ports)} in this process.");
        }
    }

    /// <summary>Disconnects; calls that wait fail.</summary>
    public void Stop()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _hub?.Transport.Detach(Address);
            FailAll(request => new SiloUnavailableException($"The client has stopped before the response to {request} came."));
        }
    }

    public void Dispose() => Stop();

    protected override void Route(RequestMessage request)
    {
        SiloAddress[] open = Gateways();
        if (open.Length == 0)
        {
            Respond(Failure(request.Call, new SiloUnavailableException($"No gateway is up for the request {request}.")), request.OneWay);
        }
        else
        {
            SendRequest(open[request.Target.StableHash() % (uint)open.Length], request);
        }
    }

    protected override void HandleRequest(RequestMessage request)
    {
        // Nobody calls a client: the embedded engine has no observers.
    }

    protected override void HandleCancel(CancelMessage cancel)
    {
        foreach (SiloAddress silo in Gateways())
        {
            Transport.TrySend(silo, cancel);
        }
    }

    /// <summary>The gateways that are up, looked for again only when the membership has changed.</summary>
    private SiloAddress[] Gateways()
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

    private OpenGateways Find()
    {
        ClusterMembershipSnapshot? view = _hub?.Membership.Current;
        List<(ClusterHub Hub, SiloAddress Silo)> open = [];
        foreach (int port in gateways.Value.Ports)
        {
            if (ClusterHub.FindGateway(cluster.Value.ServiceId, cluster.Value.ClusterId, port) is { } found)
            {
                open.Add(found);
            }
        }

        ClusterHub? hub = open.Exists(one => one.Hub == _hub) || open.Count == 0 ? _hub : open[0].Hub;
        if (hub is not null && hub != _hub && !_isClosed)
        {
            // The first connection, or the cluster was started anew.
            _hub = hub;
            view = hub.Membership.Current;
            hub.Transport.Attach(Address, this);
        }

        return new OpenGateways([.. open.Where(one => one.Hub == hub).Select(one => one.Silo)], view);
    }

    private sealed record OpenGateways(SiloAddress[] Silos, ClusterMembershipSnapshot? View);
}
