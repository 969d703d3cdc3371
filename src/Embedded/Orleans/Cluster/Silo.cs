using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// A silo: routes requests to activations here and on other silos, and is a gateway for clients.
/// A request that reaches a silo without the grain's activation goes back to its sender, which looks the grain up again.
/// </summary>
internal sealed class Silo : CallNode, ILocalSiloDetails, IDisposable
{
    private readonly SiloServices _settings;
    private readonly PlacementService _placement;
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
        _placement = new PlacementService(this);
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

    public MembershipService MembershipService { get; }

    public GrainCollectionOptions Collection => _settings.Collection;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The cluster; throws before the silo has joined one.</summary>
    public ClusterHub Hub => _hub ?? throw new InvalidOperationException("The silo has not started.");

    /// <summary>Whether clients may connect.</summary>
    public bool IsOpenForClients => Status == SiloStatus.Active;

    protected override ITransport Transport => Hub.Transport;

    protected override bool IsClosed => Volatile.Read(ref _isKilled) != 0;

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

    /// <summary>Finds another place for a request that reached an activation that has ended.</summary>
    public void Reroute(RequestMessage request)
    {
        if (request.OneWay || request.Call.Sender.IsClient)
        {
            Route(request with { Hops = request.Hops + 1 });
        }
        else
        {
            Respond(new ResponseMessage(request.Call) { Kind = ResponseKind.Redirect }, oneWay: false);
        }
    }

    protected override void Route(RequestMessage request)
    {
        if (GrainManifest.Current.Find(request.Target.Type) is not { } grain)
        {
            Refuse(request, $"No grain class has the type \"{request.Target.Type}\".");
        }
        else if (request.Hops > MaxHops)
        {
            Refuse(request, $"Forwarding failed: {request} was sent on {request.Hops} times.");
        }
        else if (grain.Placement is StatelessWorkerPlacement || Catalog.Find(request.Target) is not null)
        {
            Deliver(grain, request);
        }
        else
        {
            _ = RouteByDirectoryAsync(grain, request);
        }
    }

    protected override void HandleRequest(RequestMessage request)
    {
        if (request.Call.Sender.IsClient)
        {
            Route(request);
        }
        else if (GrainManifest.Current.Find(request.Target.Type) is not { } grain)
        {
            Refuse(request, $"No grain class has the type \"{request.Target.Type}\".");
        }
        else
        {
            Deliver(grain, request);
        }
    }

    protected override void HandleCancel(CancelMessage cancel)
    {
        if (FindRequest(cancel) || IsClosed)
        {
            return;
        }

        _ = ForwardCancelAsync(cancel);
    }

    private bool FindRequest(CancelMessage cancel) =>
        GrainManifest.Current.Find(cancel.Target.Type)?.Placement is StatelessWorkerPlacement
            ? Catalog.All.Any(activation => activation.GrainId == cancel.Target && activation.TryCancel(cancel.Call))
            : Catalog.Find(cancel.Target)?.TryCancel(cancel.Call) ?? false;

    private async Task ForwardCancelAsync(CancelMessage cancel)
    {
        if (await Hub.Directory.LookupAsync(cancel.Target) is { } silo && !silo.Equals(Address))
        {
            Transport.TrySend(silo, cancel);
        }
    }

    private async Task RouteByDirectoryAsync(GrainClass grain, RequestMessage request)
    {
        try
        {
            SiloAddress? place = await Hub.Directory.LookupAsync(request.Target) ?? await _placement.ChooseAsync(grain, request);
            if (place is not null && Hub.Membership.Current.GetSiloStatus(place) == SiloStatus.Dead)
            {
                // A dying silo may have registered after the directory had forgotten it.
                Hub.Directory.RemoveSilo(place);
                place = await _placement.ChooseAsync(grain, request);
            }

            if (place is null)
            {
                Refuse(request, $"No active silo can take {request.Target}.");
            }
            else if (place.Equals(Address))
            {
                Deliver(grain, request);
            }
            else
            {
                SendRequest(place, request);
            }
        }
        catch (Exception error)
        {
            Log.RoutingFailed(Logger, request.Target, error);
            Respond(Failure(request.Call, error), request.OneWay);
        }
    }

    private void Deliver(GrainClass grain, RequestMessage request)
    {
        if (GrainManifest.Current.Interface(request.Interface)?.Find(request.Method) is not { } method)
        {
            Refuse(request, $"{request.Interface} has no method {request.Method}.");
            return;
        }

        if (!method.Owner.IsExtension && !method.Owner.Type.IsAssignableFrom(grain.Type))
        {
            Refuse(request, $"{grain.Type} does not implement {method.Owner.Type}.");
            return;
        }

        RequestItem item = new(request, method);
        if (grain.Placement is StatelessWorkerPlacement placement)
        {
            if (!Catalog.TryEnqueueAtWorker(grain, placement, request.Target, item))
            {
                SendToAnotherSilo(request);
            }

            return;
        }

        while (!IsClosed)
        {
            Activation? activation = Catalog.GetOrCreate(grain, request.Target);
            if (activation is null)
            {
                _ = ReleaseAndRerouteAsync(request);
                return;
            }

            if (activation.TryEnqueue(item))
            {
                return;
            }

            Catalog.Remove(activation);
        }
    }

    /// <summary>This silo leaves: interchangeable activations are made elsewhere.</summary>
    private void SendToAnotherSilo(RequestMessage request)
    {
        if (!request.OneWay && !request.Call.Sender.IsClient && !request.Call.Sender.Equals(Address))
        {
            Reroute(request);
        }
        else if (Array.Find(Hub.Membership.Active, silo => !silo.Equals(Address)) is { } other)
        {
            SendRequest(other, request);
        }
        else
        {
            Refuse(request, $"No active silo can take {request.Target}.");
        }
    }

    /// <summary>This silo leaves: a place reserved for the grain here is given up.</summary>
    private async Task ReleaseAndRerouteAsync(RequestMessage request)
    {
        await Hub.Directory.UnregisterAsync(new GrainAddress { GrainId = request.Target, SiloAddress = Address });
        if (request.Call.Sender.Equals(Address))
        {
            Route(request with { Hops = request.Hops + 1 });
        }
        else
        {
            Reroute(request);
        }
    }

    private void Refuse(RequestMessage request, string reason) =>
        Respond(Failure(request.Call, new OrleansMessageRejectionException(reason)), request.OneWay);

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
