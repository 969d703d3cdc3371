using System.Collections.Concurrent;
using System.Net.Sockets;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// The transport of one node (silo or client) over loopback TCP. The seam:
/// <list type="bullet">
/// <item>One instance a node. A silo attaches its address and its gateway's, and listens at both; clients do not listen: what
/// is sent to a client goes back on the connections that it opened, and <see cref="TrySend"/> is false while there are none.
/// An address of generation 0 stands for whoever listens at its endpoint.</item>
/// <item>Nodes attached to <see cref="SocketTransportOptions.SameProcess"/> get message objects themselves. Null makes all nodes
/// talk by sockets.</item>
/// <item>A message's <see cref="Message.Lane"/> chooses one of three connections to a peer, so that control messages and
/// results never wait behind calls. A cancellation goes by the control lane and again behind the calls, and takes a call that
/// was not sent yet out of its queue.</item>
/// <item><see cref="TrySend"/> encodes on the caller's thread and never blocks. Queues are bounded by bytes; above that calls
/// wait in their order (deadlines count), and above a number of waiters they come back by
/// <see cref="IMessageSink.Undelivered"/> with <see cref="OrleansMessageRejectionException"/>; so does what cannot be encoded
/// and what was queued when the peer went. A full control lane makes <see cref="TrySend"/> false.</item>
/// <item><see cref="IMessageSink.Disconnected(SiloAddress, DisconnectReason)"/> comes once for each set of connections that
/// ended, after the last message from it and after what comes back. A killed peer is noticed at once (Broken), an attempt to
/// reach one is Refused, a restarted one Rejected; a frozen one is noticed by probes only: <see cref="Sever"/> it then.</item>
/// <item>Addresses of clients must be unique on the machine.</item>
/// </list>
/// </summary>
#pragma warning disable CA1001 // the source ends with the node, by Detach
internal sealed class SocketTransport : ITransport
#pragma warning restore CA1001
{
    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private readonly ConcurrentDictionary<SiloAddress, bool> _severed = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SocketTransportOptions _options;
    private readonly Acceptor _acceptor;
    private SiloAddress? _address;
    private IMessageSink? _sink;
    private long _lastEpoch;
    private volatile bool _isClosed;

    public SocketTransport(SocketTransportOptions options)
    {
        _options = options;
        _lastEpoch = options.Time.GetUtcNow().Ticks;
        _acceptor = new Acceptor(options, WelcomeAsync, _stop.Token);
    }

    public void Attach(SiloAddress address, IMessageSink sink)
    {
        if (_sink is not null && _sink != sink)
        {
            throw new InvalidOperationException($"The transport serves {_address} already.");
        }

        WireTypes.Prepare();
        if (!address.IsClient)
        {
            _acceptor.Listen(address);
        }

        _address ??= address;
        _sink = sink;
        _options.SameProcess?.Attach(address, sink);
    }

    public void Detach(SiloAddress address) => _ = DetachAsync(address);

    /// <summary>Stops to listen at once; if the address is the node's first, sends what is queued for a while and ends all connections.</summary>
    public async Task DetachAsync(SiloAddress address)
    {
        _options.SameProcess?.Detach(address);
        _acceptor.Close(address);
        lock (_gate)
        {
            if (_isClosed || !address.Equals(_address))
            {
                return;
            }

            _isClosed = true;
        }

        _acceptor.CloseAll();
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_peers.Values.Select(peer => peer.DrainAsync())).ConfigureAwait(false);
        _peers.Clear();
    }

    public bool TrySend(SiloAddress to, Message message)
    {
        if (_options.SameProcess is { } near && near.TrySend(to, message))
        {
            return true;
        }

        if (_isClosed || _sink is null || GetPeer(to) is not { } peer)
        {
            return false;
        }

        if (message is CancelMessage cancel && peer.Lane(MessageLane.Requests).TryRemove(cancel.Call))
        {
            return true;
        }

        try
        {
            return Send(peer, message);
        }
        catch (Exception error)
        {
            _sink.Undelivered(to, message, error is SerializerException ? error : new SerializerException($"A message could not be written: {error.Message}", error));
            return true;
        }
    }

    public void Sever(SiloAddress peer)
    {
        _options.SameProcess?.Sever(peer);
        _severed[peer] = true;
        if (_peers.TryGetValue(peer, out Peer? known))
        {
            Fail(known, DisconnectReason.Closed, new SiloUnavailableException($"The silo {peer} is dead."));
        }
        else if (_sink is { } sink && !_isClosed)
        {
            ThreadPool.UnsafeQueueUserWorkItem(gone => sink.Disconnected(gone, DisconnectReason.Closed), peer, preferLocal: false);
        }
    }

    /// <summary>What is queued for a peer, for measurement.</summary>
    internal (long Bytes, int Waiters) QueueOf(SiloAddress peer, MessageLane lane) =>
        _peers.TryGetValue(peer, out Peer? known) ? (known.Lane(lane).QueuedBytes, known.Lane(lane).WaiterCount) : default;

    private bool Send(Peer peer, Message message)
    {
        WireFrame frame = WireFrame.Create(message, _options.Time.GetUtcNow(), _options.MaxMessageBytes);
        MessageLane lane = message is ResponseMessage && frame.Size > FrameSender.BatchBytes ? MessageLane.Responses : message.Lane;
        if (peer.Lane(lane).TryEnqueue(frame))
        {
            if (message is CancelMessage)
            {
                WireFrame again = WireFrame.Create(message, _options.Time.GetUtcNow(), _options.MaxMessageBytes);
                if (!peer.Lane(MessageLane.Requests).TryEnqueue(again))
                {
                    again.Free();
                }
            }

            return true;
        }

        frame.Free();
        if (lane != MessageLane.Control && _peers.TryGetValue(peer.Address, out Peer? current) && current == peer)
        {
            _sink!.Undelivered(peer.Address, message, new OrleansMessageRejectionException(
                $"Too many messages wait to be sent to {peer.Address}: {_options.MaxQueuedBytes} bytes are queued and {_options.MaxWaiters} messages wait."));
            return true;
        }

        return false;
    }

    private Peer? GetPeer(SiloAddress to)
    {
        if (_peers.TryGetValue(to, out Peer? known))
        {
            return known;
        }

        if (to.IsClient || to.Equals(_address) || _severed.ContainsKey(to))
        {
            return null;
        }

        Peer made = Make(to, Interlocked.Increment(ref _lastEpoch));
        Peer peer = _peers.GetOrAdd(to, made);
        if (peer == made)
        {
            Array.ForEach(Enum.GetValues<MessageLane>(), lane => Dial(peer, lane));
        }

        return peer;
    }

    private Peer Make(SiloAddress address, long epoch) => new(address, _options, epoch, Fail);

    private Preamble Hello(MessageLane lane, long epoch, int generation, PreambleStatus status = PreambleStatus.Accepted) =>
        new(status, lane, epoch, generation, _options.ClusterId, _address!);

    private void Dial(Peer peer, MessageLane lane)
    {
        using (FlowBarrier.Enter())
        {
            _ = Task.Run(() => OpenAsync(peer, lane));
        }
    }

    private async Task OpenAsync(Peer peer, MessageLane lane)
    {
        try
        {
            (Socket socket, Preamble answer) = await Dialer.ConnectAsync(
                peer.Address.Endpoint, Hello(lane, peer.Epoch, peer.Address.Generation), _options, _stop.Token).ConfigureAwait(false);
            if (!peer.TryAdd(new Connection(socket, lane, answer.Epoch), message => Deliver(peer, message)))
            {
                socket.Dispose();
            }
        }
        catch (DialException error)
        {
            Fail(peer, error.Reason, error);
        }
        catch (Exception error)
        {
            Fail(peer, DisconnectReason.Closed, error);
        }
    }

    private void Deliver(Peer peer, Message message)
    {
        try
        {
            _sink!.Receive(message);
        }
        catch (Exception error)
        {
            WireLog.DeliveryFailed(_options.Logger, _address, peer.Address, error);
            throw;
        }
    }

    private void Fail(Peer peer, DisconnectReason reason, Exception error)
    {
        if (_peers.TryRemove(KeyValuePair.Create(peer.Address, peer)) && !_isClosed)
        {
            WireLog.Ended(_options.Logger, _address, peer.Address, reason, error.Message);
            _ = Task.Run(() => EndAsync(peer, reason, error));
        }
    }

    private async Task EndAsync(Peer peer, DisconnectReason reason, Exception error)
    {
        foreach (Message message in await peer.CloseAsync().ConfigureAwait(false))
        {
            _sink!.Undelivered(peer.Address, message, new SiloUnavailableException($"{message} was not sent to {peer.Address}: {error.Message}", error));
        }

        _sink!.Disconnected(peer.Address, reason);
    }

    private async Task WelcomeAsync(Socket socket)
    {
        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            limit.CancelAfter(_options.ConnectTimeout);
            Preamble hello = await Preamble.ReceiveAsync(socket, limit.Token).ConfigureAwait(false);
            PreambleStatus status = hello.JudgeBy(_options.ClusterId, _address!.Generation, _severed.ContainsKey(hello.Address));
            Peer? peer = status == PreambleStatus.Accepted ? Meet(hello) : null;
            status = status == PreambleStatus.Accepted && peer is null ? PreambleStatus.Outdated : status;
            await Hello(hello.Lane, peer?.Epoch ?? 0, hello.Address.Generation, status).SendAsync(socket, limit.Token).ConfigureAwait(false);
            if (peer is null)
            {
                WireLog.Refused(_options.Logger, _address, $"{hello.Address} of the cluster \"{hello.ClusterId}\" wants generation {hello.Generation}: {status}");
            }

            if (peer is null || !peer.TryAdd(new Connection(socket, hello.Lane, hello.Epoch), message => Deliver(peer, message)))
            {
                socket.Dispose();
            }
        }
        catch (SocketException)
        {
            // Somebody only wanted to know whether this node is there.
            socket.Dispose();
        }
        catch (Exception error)
        {
            socket.Dispose();
            WireLog.Refused(_options.Logger, _address, error.Message);
        }
    }

    /// <summary>The peer that a caller belongs to; a newer set of its connections means that it has given the older one up.</summary>
    private Peer? Meet(Preamble hello)
    {
        lock (_gate)
        {
            if (_peers.TryGetValue(hello.Address, out Peer? known) && known.RemoteEpoch != 0 && known.RemoteEpoch != hello.Epoch)
            {
                if (known.RemoteEpoch > hello.Epoch)
                {
                    return null;
                }

                Fail(known, DisconnectReason.Broken, new SocketException((int)SocketError.ConnectionReset));
            }

            return _isClosed ? null : _peers.GetOrAdd(hello.Address, address => Make(address, Interlocked.Increment(ref _lastEpoch)));
        }
    }
}
