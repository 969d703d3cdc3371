using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A silo: holds activations and is a gateway for clients. Its life: joins, is active, ends its activations, leaves; or is killed.</summary>
internal sealed class Silo : CallNode, ILocalSiloDetails, IDisposable
{
    private static readonly TimeSpan PatienceWithClients = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TimeForNews = TimeSpan.FromMilliseconds(100);

    private readonly SiloServices _settings;
    private ICluster? _cluster;
    private ITimer? _collector;
    private bool _hasJoined;
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
        Clients = new ClientRelay(this);
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

    public ClientRelay Clients { get; }

    public MembershipService MembershipService { get; }

    public GrainCollectionOptions Collection => _settings.Collection;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The cluster; throws before the silo has joined one.</summary>
    public ICluster Cluster => _cluster ?? throw new InvalidOperationException("The silo has not started.");

    /// <summary>Whether clients may connect.</summary>
    public bool IsOpenForClients => Status == SiloStatus.Active;

    protected internal override ITransport Transport => Cluster.Transport;

    protected internal override bool IsClosed => Volatile.Read(ref _isKilled) != 0;

    private SiloStatus Status => _hasJoined ? Cluster.Membership.Current.GetSiloStatus(Address) : SiloStatus.None;

    /// <summary>Joins the cluster.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _settings.Validate(Services);
        GrainManifest.Refresh();
        await SiloServices.PrepareStoragesAsync(Services, cancellationToken).ConfigureAwait(false);
        _cluster = _settings.ClusterOf(this);
        try
        {
            await _cluster.JoinAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _cluster.Abandon();
            throw;
        }

        _hasJoined = true;
        using (FlowBarrier.Enter())
        {
            _collector = Time.CreateTimer(_ => Collect(Collection.CollectionAge), null, Collection.CollectionQuantum, Collection.CollectionQuantum);
        }

        Log.Started(Logger, Name, Address, _settings.Cluster.ServiceId, ClusterId);
    }

    /// <summary>Ends all activations, then leaves the cluster; a cancelled token makes it leave at once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_hasJoined || IsClosed)
        {
            return;
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Cluster.AnnounceStopAsync(cancellationToken).ConfigureAwait(false);
                Catalog.Close();
                await DeactivateAllAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                await FinishOthersAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Log.StopWasCut(Logger, Name);
            }
        }

        await Cluster.LeaveAsync().ConfigureAwait(false);
        Kill();
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

        _cluster?.Abandon();
        FailAll(request => new SiloUnavailableException($"The silo {Address} has stopped before the response to {request} came."));
    }

    /// <summary>The others take the silo for dead: it stops at once, and its host with it.</summary>
    public void Die(string reason)
    {
        if (!IsClosed)
        {
            Log.DeclaredDead(Logger, Name, Address, reason);
            Kill();
            Services.GetService<IHostApplicationLifetime>()?.StopApplication();
        }
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
        activation.Class.Placement is StatelessWorkerPlacement || await Cluster.Directory.RegisterAsync(activation.Address);

    /// <summary>Takes an activation out of the directory.</summary>
    public async ValueTask UnregisterAsync(Activation activation)
    {
        try
        {
            if (activation.Class.Placement is not StatelessWorkerPlacement)
            {
                await Cluster.Directory.UnregisterAsync(activation.Address);
            }
        }
        catch (SiloUnavailableException error)
        {
            // The next caller finds the activation ended and asks the directory again.
            Log.RoutingFailed(Logger, activation.GrainId, error);
        }
    }

    public override void Disconnected(SiloAddress peer)
    {
        base.Disconnected(peer);
        if (peer.IsClient)
        {
            Clients.Forget(peer);
        }

        Cluster.Disconnected(peer);
    }

    protected override void Route(RequestMessage request) => Router.Route(request);

    protected override void HandleRequest(RequestMessage request) => Router.Accept(request);

    protected override void HandleCancel(CancelMessage cancel)
    {
        if (!cancel.Call.Sender.IsClient || !Cluster.RelaysClients)
        {
            Router.Cancel(cancel);
        }
        else if (Clients.Translate(cancel) is { } own)
        {
            Fail(own.Call, new OperationCanceledException($"The client does not wait any more."));
            Router.Cancel(own);
        }
    }

    protected override void HandleControl(ControlMessage control) => Cluster.Receive(control);

    private async Task DeactivateAllAsync()
    {
        List<Activation> activations = [.. Catalog.All];
        foreach (Activation activation in activations)
        {
            activation.Deactivate(new DeactivationReason(DeactivationReasonCode.ShuttingDown, $"The silo {Name} stops."));
        }

        await Task.WhenAll(activations.Select(activation => activation.Deactivated)).ConfigureAwait(false);
    }

    /// <summary>
    /// Clients go to other gateways, and silos to other activations, when the news has reached them; what was sent here until then
    /// is answered or sent back.
    /// </summary>
    private async Task FinishOthersAsync(CancellationToken cancellationToken)
    {
        long begin = Time.GetTimestamp();
        while (Cluster.RelaysClients && Time.GetElapsedTime(begin) < PatienceWithClients
            && (Time.GetElapsedTime(begin) < TimeForNews || Router.IsRerouting || !Clients.IsQuietFor(TimeForNews)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
