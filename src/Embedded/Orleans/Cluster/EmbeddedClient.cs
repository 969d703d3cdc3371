using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Orleans.Runtime;

/// <summary>A client: sends every request to a gateway, which a grain's id chooses among those that are up.</summary>
internal sealed class EmbeddedClient : CallNode, IDisposable
{
    private readonly ClientMessagingOptions _messaging;
    private readonly IGateways _gateways;
    private bool _isClosed;

    public EmbeddedClient(IServiceProvider services, IOptions<ClientMessagingOptions> messaging, TimeProvider time, ILogger<EmbeddedClient> logger)
        : base(time)
    {
        _messaging = messaging.Value;
        ClusterOptions cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        _gateways = services.GetService<IGatewayListProvider>() is { } provider
            ? new ListedGateways(this, provider, ProcessTransport.Open(cluster, time, logger), services.GetRequiredService<IOptions<GatewayOptions>>().Value, logger)
            : new InProcessGateways(this, cluster, services.GetRequiredService<IOptions<GatewayPorts>>().Value.Ports);
    }

    /// <summary>Made of random numbers, because clients of many processes connect to one silo.</summary>
    public override SiloAddress Address { get; } =
        SiloAddress.New(IPAddress.Loopback, RandomNumberGenerator.GetInt32(1, 65536), -RandomNumberGenerator.GetInt32(1, int.MaxValue));

    public override TimeSpan ResponseTimeout => _messaging.ResponseTimeout;

    protected internal override ITransport Transport => _gateways.Transport ?? throw new InvalidOperationException("The client has not started.");

    protected internal override bool IsClosed => _isClosed;

    /// <summary>Connects to the cluster.</summary>
    /// <exception cref="SiloUnavailableException">No gateway is up.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        GrainManifest.Refresh();
        return _gateways.StartAsync(cancellationToken);
    }

    /// <summary>Disconnects; calls that wait fail.</summary>
    public void Stop()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            _gateways.Stop();
            FailAll(request => new SiloUnavailableException($"The client has stopped before the response to {request} came."));
        }
    }

    public void Dispose() => Stop();

    public override void Disconnected(SiloAddress peer)
    {
        _gateways.Disconnected(peer);
        base.Disconnected(peer);
    }

    protected override void Route(RequestMessage request)
    {
        SiloAddress[] open = _gateways.Open;
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
        foreach (SiloAddress silo in _gateways.Open)
        {
            Transport.TrySend(silo, cancel);
        }
    }

    protected override void HandleControl(ControlMessage control) => _gateways.Receive(control);
}
