using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// What silos and clients share: sending calls and waiting for responses. A call ends once: by its response, its deadline,
/// its caller's cancellation, or the loss of the silo that has it; whoever takes it out of the table ends it.
/// </summary>
internal abstract class CallNode : IMessageSink
{
    /// <summary>How often a request is sent on before it is refused.</summary>
    internal const int MaxHops = 8;

    private readonly ConcurrentDictionary<long, PendingCall> _pending = new();
    private long _lastNumber;

    protected CallNode(TimeProvider time)
    {
        Time = time;
        GrainFactory = new GrainFactory(this);
    }

    /// <summary>This node.</summary>
    public abstract SiloAddress Address { get; }

    /// <summary>How long callers wait unless the method says otherwise.</summary>
    public abstract TimeSpan ResponseTimeout { get; }

    /// <summary>Makes references bound to this node.</summary>
    public GrainFactory GrainFactory { get; }

    /// <summary>The clock of deadlines and timers.</summary>
    protected internal TimeProvider Time { get; }

    /// <summary>The cluster; throws while the node is not in one.</summary>
    protected internal abstract ITransport Transport { get; }

    /// <summary>Sends a call. Owns <paramref name="arguments"/>.</summary>
    public Task<object?> CallAsync(GrainId target, MethodDescriptor method, object?[] arguments)
    {
        CancellationToken cancellation = method.TakeCancellation(arguments);
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        CopyContext copies = new();
        method.CopyArguments(arguments, copies);
        TimeSpan timeout = method.ResponseTimeout ?? ResponseTimeout;
        RequestMessage request = new(NextCall())
        {
            Target = target,
            Interface = method.Owner.Name,
            Method = method.Key,
            Arguments = arguments,
            Context = RequestContext.Export(copies),
            ReentrancyId = RequestContext.ReentrancyId,
            References = copies.References,
            Deadline = timeout == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : Time.GetUtcNow() + timeout,
            OneWay = method.IsOneWay,
        };
        if (method.IsOneWay)
        {
            Route(request);
            return MethodDescriptor.NoResult;
        }

        PendingCall call = new(request);
        _pending[request.Call.Number] = call;
        Arm(call, method, timeout, cancellation);
        if (!call.Task.IsCompleted)
        {
            Route(request);
        }

        return call.Task;
    }

    public void Receive(Message message)
    {
        switch (message)
        {
            case ResponseMessage response:
                HandleResponse(response);
                break;
            case RequestMessage request:
                HandleRequest(request);
                break;
            case ForwardedMessage forwarded:
                if (_pending.TryGetValue(forwarded.Call.Number, out PendingCall? call))
                {
                    call.SentTo = forwarded.To;
                }

                break;
            case CancelMessage cancel:
                HandleCancel(cancel);
                break;
            case ControlMessage control:
                HandleControl(control);
                break;
            case UndecodableMessage undecodable when undecodable.IsRequest:
                Respond(Failure(undecodable.Call, undecodable.Error), oneWay: false);
                break;
            case UndecodableMessage undecodable:
                HandleResponse(Failure(undecodable.Call, undecodable.Error));
                break;
        }
    }

    public virtual void Undelivered(SiloAddress to, Message message, Exception error)
    {
        if (message is RequestMessage request)
        {
            Respond(Failure(request.Call, error), request.OneWay);
        }
        else if (message is ResponseMessage { Error: not OrleansMessageRejectionException } response && error is not SiloUnavailableException)
        {
            Exception reason = response.Kind == ResponseKind.Success ? error : new OrleansMessageRejectionException($"The error of the call could not be sent: {error.Message}");
            Respond(Failure(response.Call, reason), oneWay: false);
        }
    }

    public virtual void Disconnected(SiloAddress peer)
    {
        foreach ((long number, PendingCall entry) in _pending)
        {
            if (peer.Equals(entry.SentTo) && _pending.TryRemove(number, out _))
            {
                entry.Complete(Failure(entry.Request.Call, new SiloUnavailableException(
                    $"The silo {peer} became unavailable while it had the request {entry.Request}; whether it ran is unknown.")));
            }
        }
    }

    /// <summary>Whether the node has left its cluster for good.</summary>
    protected internal abstract bool IsClosed { get; }

    /// <summary>Finds the way of a request of this node, or of a client if this node is a gateway.</summary>
    protected abstract void Route(RequestMessage request);

    /// <summary>Takes a request from the transport.</summary>
    protected abstract void HandleRequest(RequestMessage request);

    /// <summary>Takes a cancellation from the transport.</summary>
    protected abstract void HandleCancel(CancelMessage cancel);

    /// <summary>Takes a message of another engine from the transport.</summary>
    protected virtual void HandleControl(ControlMessage control)
    {
    }

    /// <summary>A number that no other call or question of this node has.</summary>
    internal CallId NextCall() => new(Address, Interlocked.Increment(ref _lastNumber));

    /// <summary>Enters a call whose response somebody waits for.</summary>
    internal void Enter(PendingCall call) => _pending[call.Request.Call.Number] = call;

    /// <summary>Ends a call with an error, unless it has ended.</summary>
    internal void Fail(CallId call, Exception error)
    {
        if (_pending.TryRemove(call.Number, out PendingCall? entry))
        {
            entry.Complete(Failure(call, error));
        }
    }

    /// <summary>The response to a request that failed outside of its grain.</summary>
    internal static ResponseMessage Failure(CallId call, Exception error) => new(call) { Kind = ResponseKind.Error, Error = error };

    /// <summary>Sends a request to a node, and ends its call if nobody is there.</summary>
    internal void SendRequest(SiloAddress to, RequestMessage request)
    {
        if (request.Call.Sender.Equals(Address))
        {
            if (_pending.TryGetValue(request.Call.Number, out PendingCall? entry))
            {
                entry.SentTo = to;
            }
        }
        else if (!request.OneWay)
        {
            Transport.TrySend(request.Call.Sender, new ForwardedMessage(request.Call, to));
        }

        if (!Transport.TrySend(to, request))
        {
            Respond(Failure(request.Call, new SiloUnavailableException($"The silo {to} is not available for the request {request}.")), request.OneWay);
        }

        request.Receipt?.Release();
    }

    /// <summary>Sends a response to the node that waits for it.</summary>
    protected internal void Respond(ResponseMessage response, bool oneWay)
    {
        if (oneWay)
        {
            return;
        }

        if (response.Call.Sender.Equals(Address))
        {
            HandleResponse(response);
        }
        else
        {
            Transport.TrySend(response.Call.Sender, response);
        }
    }

    /// <summary>Ends all calls.</summary>
    protected void FailAll(Func<RequestMessage, Exception> error)
    {
        foreach ((long number, PendingCall entry) in _pending)
        {
            if (_pending.TryRemove(number, out _))
            {
                entry.Complete(Failure(entry.Request.Call, error(entry.Request)));
            }
        }
    }

    private void HandleResponse(ResponseMessage response)
    {
        if (response.Kind == ResponseKind.Redirect)
        {
            if (_pending.TryGetValue(response.Call.Number, out PendingCall? entry))
            {
                entry.SentTo = null;
                entry.Request = entry.Request with { Hops = entry.Request.Hops + 1 };
                Route(entry.Request);
            }
        }
        else if (_pending.TryRemove(response.Call.Number, out PendingCall? entry))
        {
            response.References?.ForEach(reference => reference.Bind(this));
            entry.Complete(response);
        }
    }

    private void Arm(PendingCall call, MethodDescriptor method, TimeSpan timeout, CancellationToken cancellation)
    {
        long number = call.Request.Call.Number;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            using (FlowBarrier.Enter())
            {
                call.Timer = Time.CreateTimer(_ => TimeOut(call, method, timeout), null, timeout, Timeout.InfiniteTimeSpan);
            }
        }

        if (cancellation.CanBeCanceled)
        {
            call.Cancellation = cancellation.UnsafeRegister(
                _ =>
                {
                    if (_pending.TryRemove(number, out PendingCall? _))
                    {
                        call.Cancel(cancellation);
                        HandleCancel(new CancelMessage(call.Request.Call, call.Request.Target));
                    }
                },
                null);
        }

        if (call.Task.IsCompleted)
        {
            call.Release();
        }
    }

    private void TimeOut(PendingCall call, MethodDescriptor method, TimeSpan timeout)
    {
        if (_pending.TryRemove(call.Request.Call.Number, out _))
        {
            call.Complete(Failure(call.Request.Call, new TimeoutException(string.Create(
                CultureInfo.InvariantCulture,
                $"Response did not arrive on time in {timeout} for {method.DisplayName} on {call.Request.Target} (sent to {call.SentTo?.ToString() ?? "nobody yet"}). Whether it ran is unknown."))));
        }
    }
}
