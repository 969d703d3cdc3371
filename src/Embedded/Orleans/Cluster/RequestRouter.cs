using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime.Placement;

namespace Orleans.Runtime;

/// <summary>
/// Brings requests to activations here and on other silos. A request that reaches a silo without the grain's activation goes
/// back to its sender, which looks the grain up again; a request of a client stays with the client's gateway.
/// </summary>
internal sealed class RequestRouter(Silo silo)
{
    private int _rerouting;

    /// <summary>Whether requests of others are on their way back.</summary>
    public bool IsRerouting => Volatile.Read(ref _rerouting) > 0;

    /// <summary>Finds another place for a request that reached an activation that has ended.</summary>
    public void Reroute(RequestMessage request)
    {
        if (request.OneWay || request.Call.Sender.IsClient)
        {
            Route(request with { Hops = request.Hops + 1 });
        }
        else
        {
            request.Receipt?.Release();
            silo.Respond(new ResponseMessage(request.Call) { Kind = ResponseKind.Redirect }, oneWay: false);
        }
    }

    /// <summary>Finds the way of a request of this silo, or of a client.</summary>
    public void Route(RequestMessage request)
    {
        if (!TryResolve(request, out GrainClass? grain, out MethodDescriptor? method))
        {
            return;
        }

        if (request.Hops > CallNode.MaxHops)
        {
            Refuse(request, $"Forwarding failed: {request} was sent on {request.Hops} times.");
        }
        else if (grain.Placement is StatelessWorkerPlacement || silo.Catalog.Find(request.Target) is not null)
        {
            Deliver(grain, method, request);
        }
        else
        {
            _ = RouteByDirectoryAsync(grain, method, request);
        }
    }

    /// <summary>Takes a request that came from a client or from another silo.</summary>
    public void Accept(RequestMessage request)
    {
        if (request.Call.Sender.IsClient && silo.Cluster.RelaysClients)
        {
            silo.Clients.Relay(request);
        }
        else if (request.Call.Sender.IsClient)
        {
            Route(request);
        }
        else if (TryResolve(request, out GrainClass? grain, out MethodDescriptor? method))
        {
            if (silo.Cluster.Directory.IsCached && grain.Placement is not StatelessWorkerPlacement && silo.Catalog.Find(request.Target) is null)
            {
                _ = DeliverIfPlacedHereAsync(grain, method, request);
            }
            else
            {
                Deliver(grain, method, request);
            }
        }
    }

    /// <summary>Cancels a request here, or passes the cancellation on to the grain's silo.</summary>
    public void Cancel(CancelMessage cancel)
    {
        if (FindRequest(cancel) || silo.IsClosed)
        {
            return;
        }

        _ = ForwardCancelAsync(cancel);
    }

    private bool FindRequest(CancelMessage cancel) =>
        GrainManifest.Current.Find(cancel.Target.Type)?.Placement is StatelessWorkerPlacement
            ? silo.Catalog.All.Any(activation => activation.GrainId == cancel.Target && activation.TryCancel(cancel.Call))
            : silo.Catalog.Find(cancel.Target)?.TryCancel(cancel.Call) ?? false;

    private async Task ForwardCancelAsync(CancelMessage cancel)
    {
        if (await silo.Cluster.Directory.LookupAsync(cancel.Target).ConfigureAwait(false) is { } place && !place.Equals(silo.Address))
        {
            silo.Transport.TrySend(place, cancel);
        }
    }

    private async Task RouteByDirectoryAsync(GrainClass grain, MethodDescriptor method, RequestMessage request)
    {
        try
        {
            SiloAddress? place = await silo.Cluster.Directory.PlaceAsync(Placement(request), isCertain: request.Hops > 0).ConfigureAwait(false);
            if (place is null)
            {
                Refuse(request, $"No active silo can take {request.Target}.");
            }
            else if (place.Equals(silo.Address))
            {
                Deliver(grain, method, request);
            }
            else
            {
                silo.SendRequest(place, request);
            }
        }
        catch (Exception error)
        {
            Fail(request, error);
        }
    }

    /// <summary>The sender may have remembered a place that is not true any more.</summary>
    private async Task DeliverIfPlacedHereAsync(GrainClass grain, MethodDescriptor method, RequestMessage request)
    {
        try
        {
            SiloAddress? place = await silo.Cluster.Directory.PlaceAsync(Placement(request), isCertain: true).ConfigureAwait(false);
            if (place is null)
            {
                Refuse(request, $"No active silo can take {request.Target}.");
            }
            else if (place.Equals(silo.Address))
            {
                Deliver(grain, method, request);
            }
            else
            {
                Reroute(request);
            }
        }
        catch (Exception error)
        {
            Fail(request, error);
        }
    }

    private PlacementRequest Placement(RequestMessage request) => new(
        request.Target,
        silo.Address,
        request.Context is not null && request.Context.TryGetValue(IPlacementDirector.PlacementHintKey, out object? hint) ? hint as SiloAddress : null);

    private void Fail(RequestMessage request, Exception error)
    {
        request.Receipt?.Release();
        Log.RoutingFailed(silo.Logger, request.Target, error);
        silo.Respond(CallNode.Failure(request.Call, error), request.OneWay);
    }

    /// <summary>Finds the class and the method of a request, or refuses it.</summary>
    private bool TryResolve(RequestMessage request, [NotNullWhen(true)] out GrainClass? grain, [NotNullWhen(true)] out MethodDescriptor? method)
    {
        GrainManifest manifest = GrainManifest.Current;
        grain = manifest.Find(request.Target.Type);
        method = manifest.Interface(request.Interface)?.Find(request.Method);
        string? reason = grain is null ? $"No grain class has the type \"{request.Target.Type}\"."
            : method is null ? $"{request.Interface} has no method {request.Method}."
            : !method.Owner.IsExtension && !method.Owner.Type.IsAssignableFrom(grain.Type) ? $"{grain.Type} does not implement {method.Owner.Type}."
            : null;
        if (reason is not null)
        {
            Refuse(request, reason);
        }

        return reason is null && grain is not null && method is not null;
    }

    private void Deliver(GrainClass grain, MethodDescriptor method, RequestMessage request)
    {
        RequestItem item = new(request, method);
        if (grain.Placement is StatelessWorkerPlacement placement)
        {
            if (!silo.Catalog.TryEnqueueAtWorker(grain, placement, request.Target, item))
            {
                SendToAnotherSilo(request);
            }

            return;
        }

        while (!silo.IsClosed)
        {
            Activation? activation = silo.Catalog.GetOrCreate(grain, request.Target);
            if (activation is null)
            {
                _ = ReleaseAndRerouteAsync(request);
                return;
            }

            if (activation.TryEnqueue(item))
            {
                return;
            }

            silo.Catalog.Remove(activation);
        }
    }

    /// <summary>This silo leaves: interchangeable activations are made elsewhere.</summary>
    private void SendToAnotherSilo(RequestMessage request)
    {
        if (!request.OneWay && !request.Call.Sender.IsClient && !request.Call.Sender.Equals(silo.Address))
        {
            Reroute(request);
        }
        else if (Array.Find(silo.Cluster.Membership.Active, one => !one.Equals(silo.Address)) is { } other)
        {
            silo.SendRequest(other, request);
        }
        else
        {
            Refuse(request, $"No active silo can take {request.Target}.");
        }
    }

    /// <summary>This silo leaves: a place reserved for the grain here is given up.</summary>
    private async Task ReleaseAndRerouteAsync(RequestMessage request)
    {
        Interlocked.Increment(ref _rerouting);
        try
        {
            await silo.Cluster.Directory.UnregisterAsync(new GrainAddress { GrainId = request.Target, SiloAddress = silo.Address }).ConfigureAwait(false);
        }
        catch (SiloUnavailableException error)
        {
            // Whoever asks the directory next finds the silo leaving.
            Log.RoutingFailed(silo.Logger, request.Target, error);
        }
        finally
        {
            Interlocked.Decrement(ref _rerouting);
        }

        if (request.Call.Sender.Equals(silo.Address))
        {
            Route(request with { Hops = request.Hops + 1 });
        }
        else
        {
            Reroute(request);
        }
    }

    private void Refuse(RequestMessage request, string reason)
    {
        request.Receipt?.Release();
        silo.Respond(CallNode.Failure(request.Call, new OrleansMessageRejectionException(reason)), request.OneWay);
    }
}
