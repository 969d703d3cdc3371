using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>
/// Makes the calls of clients that only know this gateway. The gateway waits for the response and passes it on, so that a
/// client's call depends on its gateway and the grain's silo alone, and that other silos need no way to the client.
/// </summary>
internal sealed class ClientRelay(Silo silo)
{
    private readonly ConcurrentDictionary<CallId, CallId> _calls = new();
    private readonly ConcurrentDictionary<SiloAddress, bool> _clients = new();
    private long _lastCall;

    /// <summary>The clients that have connected.</summary>
    public ICollection<SiloAddress> All => _clients.Keys;

    /// <summary>Whether no client waits, and none has called for a time.</summary>
    public bool IsQuietFor(TimeSpan time) => _calls.IsEmpty && silo.Time.GetElapsedTime(Volatile.Read(ref _lastCall)) >= time;

    /// <summary>A client has connected.</summary>
    public void Meet(SiloAddress client) => _clients.TryAdd(client, true);

    /// <summary>Makes a client's call.</summary>
    public void Relay(RequestMessage request)
    {
        RequestMessage own = request with { Call = silo.NextCall() };
        Meet(request.Call.Sender);
        Volatile.Write(ref _lastCall, silo.Time.GetTimestamp());
        if (!own.OneWay)
        {
            TimeSpan left = own.Deadline - silo.Now;
            RelayedCall call = new(own, request.Call, this);
            _calls[request.Call] = own.Call;
            silo.Enter(call);
            if (own.Deadline != DateTimeOffset.MaxValue)
            {
                using (FlowBarrier.Enter())
                {
                    // The client has its own timer; this one only frees the entry.
                    call.Timer = silo.Time.CreateTimer(
                        _ => silo.Fail(own.Call, new TimeoutException($"No response to {own} came in time.")),
                        null,
                        left > TimeSpan.Zero ? left : TimeSpan.Zero,
                        Timeout.InfiniteTimeSpan);
                }
            }
        }

        silo.Router.Route(own);
    }

    /// <summary>Passes a response on.</summary>
    public void Finish(CallId client, ResponseMessage response)
    {
        if (_calls.TryRemove(client, out _))
        {
            silo.Cluster.Transport.TrySend(client.Sender, response with { Call = client });
        }
    }

    /// <summary>The cancellation of a client's call as that of the gateway's own; null if the call has ended.</summary>
    public CancelMessage? Translate(CancelMessage cancel) => _calls.TryRemove(cancel.Call, out CallId own) ? cancel with { Call = own } : null;

    /// <summary>A client is gone: nobody waits for its responses.</summary>
    public void Forget(SiloAddress client)
    {
        _clients.TryRemove(client, out _);
        foreach (CallId call in _calls.Keys.Where(call => call.Sender.Equals(client)))
        {
            _calls.TryRemove(call, out _);
        }
    }
}
