using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A silo: holds activations and is a gateway for clients. Its life: joins, is active, ends its activations, leaves; or is killed.</summary>
internal sealed class Silo : CallNode, ILocalSiloDetails, IDisposable
{
    private readonly SiloServices _settings;
    private ClusterHub? _hub;
    private ITimer? _collector;
    private int _isKilled;

    public Silo(SiloServices settings, IServiceProvider services, TimeProvider time, ILogger<Silo> logger)
        : base(time)
    {
        _settings = settings;
        Services = services;
        Logger = logger;
        IPAddress host = settings.Endpoints.AdvertisedIPAddress ?? IPAddress.Loopback;
        Address = SiloAddress.New(host, settings.Endpoints.SiloPort, SiloAddress.AllocateNewGeneration());
        GatewayAddress = settings.Endpoints.GatewayPort == 0 ? null : SiloAddress.New(host, settings.Endpoints.GatewayPort, 0);
        Name = settings.Silo.SiloName ?? $"Silo_{Guid.NewGuid().ToString("N")[..5]}";
        Catalog = new Catalog(this);
        Router = new RequestRouter(this);
        MembershipService = new MembershipService(this);
    }

    public override SiloAddress Address { get; }

    public SiloAddress SiloAddress => Address;

    public SiloAddress? GatewayAddress { get; }

    public string Name { get; }

    public string ClusterId => _settings.Cluster.ClusterId;

    public string DnsHostName => Dns.GetHostName();

    public override TimeSpan ResponseTimeout => _settings.Messaging.ResponseTimeout;

    public IServiceProvider Services { get; }

    public ILogger Logger { get; }

    public Catalog Catalog { get; }

    public RequestRouter Router { get; }

    public MembershipService MembershipService { get; }

    public GrainCollectionOptions Collection => _settings.Collection;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The cluster; throws before the silo has joined one.</summary>
    public ClusterHub Hub => _hub ?? throw new InvalidOperationException("The silo has not started.");

    /// <summary>Whether clients may connect.</summary>
    public bool IsOpenForClients => Status == SiloStatus.Active;

    protected internal override ITransport Transport => Hub.Transport;

    protected internal override bool IsClosed => Volatile.Read(ref _isKilled) != 0;

    private SiloStatus Status => _hub?.Membership.Current.GetSiloStatus(Address) ?? SiloStatus.None;

    /// <summary>Joins the cluster.</summary>
    public void Start()
    {
        ClusterKey key = _settings.Validate();
        GrainManifest.Refresh();
        _hub = ClusterHub.Join(key, this);
        _hub.Transport.Attach(Address, this);
        _hub.Membership.Update(Address, SiloStatus.Joining, Name);
        _hub.Membership.Update(Address, SiloStatus.Active);
        using (FlowBarrier.Enter())
        {
            _collector = Time.CreateTimer(_ => Collect(Collection.CollectionAge), null, Collection.CollectionQuantum, Collection.CollectionQuantum);
        }

        Log.Started(Logger, Name, Address, key.ServiceId, key.ClusterId);
    }

    /// <summary>Ends all activations, then leaves the cluster; a cancelled token makes it leave at once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_hub is null || IsClosed)
        {
            return;
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            _hub.Membership.Update(Address, SiloStatus.ShuttingDown);
            Catalog.Close();
            try
            {
                await DeactivateAllAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Log.StopWasCut(Logger, Name);
            }
        }

        _hub.Remove(Address);
        Log.Stopped(Logger, Name, Address);
    }

    /// <summary>Stops at once: nothing runs any more, nobody is told by the silo itself.</summary>
    public void Kill()
    {
        if (Interlocked.Exchange(ref _isKilled, 1) != 0)
        {
            return;
        }

        _collector?.Dispose();
        Catalog.Close();
        foreach (Activation activation in Catalog.All)
        {
            activation.Kill();
        }

        _hub?.Remove(Address);
        FailAll(request => new SiloUnavailableException($"The silo {Address} has stopped before the response to {request} came."));
    }

    public void Dispose() => Kill();

    /// <summary>Ends activations that were idle for longer than an age.</summary>
    public void Collect(TimeSpan age)
    {
        foreach (Activation activation in Catalog.All.Where(activation => activation.IsIdleSince(Now - age)))
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nobody called for a while."));
        }
    }

    /// <summary>Enters an activation into the directory; false if the grain is elsewhere.</summary>
    public async ValueTask<bool> TryRegisterAsync(Activation activation) =>
        activation.Class.Placement is StatelessWorkerPlacement || await Hub.Directory.RegisterAsync(activation.Address);

    /// <summary>Takes an activation out of the directory.</summary>
    public ValueTask UnregisterAsync(Activation activation) => Hub.Directory.UnregisterAsync(activation.Address);

    protected override void Route(RequestMessage request) => Router.Route(request);

    protected override void HandleRequest(RequestMessage request) => Router.Accept(request);

    protected override void HandleCancel(CancelMessage cancel) => Router.Cancel(cancel);

    private async Task DeactivateAllAsync()
    {
        List<Activation> activations = [.. Catalog.All];
        foreach (Activation activation in activations)
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, $"The silo {Name} stops."));
        }

        await Task.WhenAll(activations.Select(activation => activation.Deactivated)).ConfigureAwait(false);
    }
}
