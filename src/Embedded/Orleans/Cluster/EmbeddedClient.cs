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

    private ClusterHub? _hub;
    private bool _isClosed;

    public override SiloAddress Address { get; } =
        SiloAddress.New(IPAddress.Loopback, Interlocked.Increment(ref s_lastPort) & 0xFFFF, -SiloAddress.AllocateNewGeneration());

    public override TimeSpan ResponseTimeout => messaging.Value.ResponseTimeout;

    protected override ITransport Transport => _hub?.Transport ?? throw new InvalidOperationException("The client has not started.");

    protected override bool IsClosed => _isClosed;

    /// <summary>Connects to the cluster of the first gateway that is up.</summary>
    /// <exception cref="SiloUnavailableException">No gateway is up.</exception>
    public void Start()
    {
        GrainManifest.Refresh();
        List<(ClusterHub Hub, SiloAddress Silo)> open = OpenGateways();
        _hub = open.Count > 0
            ? open[0].Hub
            : throw new SiloUnavailableException(
                $"Could not find any gateway of the cluster \"{cluster.Value.ClusterId}\" of the service \"{cluster.Value.ServiceId}\" at 127.0.0.1 port {string.Join(", ", gateways.Value.Ports)} in this process.");
        _hub.Transport.Attach(Address, this);
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
        List<(ClusterHub Hub, SiloAddress Silo)> open = OpenGateways();
        if (_hub is null || open.Count == 0)
        {
            Respond(Failure(request.Call, new SiloUnavailableException($"No gateway is up for the request {request}.")), request.OneWay);
        }
        else
        {
            SendRequest(open[(int)(request.Target.StableHash() % (uint)open.Count)].Silo, request);
        }
    }

    protected override void HandleRequest(RequestMessage request)
    {
        // Nobody calls a client: the embedded engine has no observers.
    }

    protected override void HandleCancel(CancelMessage cancel)
    {
        foreach ((_, SiloAddress silo) in OpenGateways())
        {
            Transport.TrySend(silo, cancel);
        }
    }

    private List<(ClusterHub Hub, SiloAddress Silo)> OpenGateways()
    {
        List<(ClusterHub, SiloAddress)> open = [];
        foreach (int port in gateways.Value.Ports)
        {
            if (ClusterHub.FindGateway(cluster.Value.ServiceId, cluster.Value.ClusterId, port) is { } found && (_hub is null || found.Hub == _hub))
            {
                open.Add(found);
            }
        }

        return open;
    }
}
