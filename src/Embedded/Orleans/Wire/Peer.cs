namespace Orleans.Runtime;

/// <summary>
/// Another node and the connections to it, one for each lane; both sides may have opened one for the same lane. They end
/// together: when one breaks, all are closed, what was not sent comes back, and a later message makes a new peer.
/// </summary>
internal sealed class Peer
{
    private readonly Lock _gate = new();
    private readonly List<Connection> _connections = [];
    private readonly Connection?[] _sending = new Connection?[3];
    private readonly SendLane[] _lanes;
    private readonly SocketTransportOptions _options;
    private readonly Action<Peer, DisconnectReason, Exception> _failed;
    private bool _isClosed;

    public Peer(SiloAddress address, SocketTransportOptions options, long epoch, Action<Peer, DisconnectReason, Exception> failed)
    {
        Address = address;
        Epoch = epoch;
        _options = options;
        _failed = failed;
        _lanes =
        [
            new SendLane(options, options.MaxControlBytes, 0, error => failed(this, DisconnectReason.Broken, error)),
            new SendLane(options, options.MaxQueuedBytes, options.MaxWaiters, error => failed(this, DisconnectReason.Broken, error)),
            new SendLane(options, options.MaxQueuedBytes, options.MaxWaiters, error => failed(this, DisconnectReason.Broken, error)),
        ];
    }

    public SiloAddress Address { get; }

    /// <summary>The number of this set of connections on this side.</summary>
    public long Epoch { get; }

    /// <summary>The number of this set of connections on the other side; 0 while it is not known.</summary>
    public long RemoteEpoch { get; private set; }

    public SendLane Lane(MessageLane lane) => _lanes[(int)lane];

    /// <summary>Whether a lane has a connection to send by.</summary>
    public bool IsConnected(MessageLane lane)
    {
        lock (_gate)
        {
            return _sending[(int)lane] is not null;
        }
    }

    /// <summary>Starts to use a connection; false if the peer has ended. Older sets of the other side are out of date.</summary>
    public bool TryAdd(Connection connection, Action<Message> deliver)
    {
        List<Connection> old;
        lock (_gate)
        {
            if (_isClosed || connection.Epoch < RemoteEpoch)
            {
                return false;
            }

            old = connection.Epoch > RemoteEpoch ? _connections.FindAll(one => one.Epoch < connection.Epoch) : [];
            RemoteEpoch = Math.Max(RemoteEpoch, connection.Epoch);
            _connections.Add(connection);
            _connections.RemoveAll(old.Contains);
            for (int i = 0; i < _sending.Length; i++)
            {
                _sending[i] = old.Contains(_sending[i]!) ? null : _sending[i];
            }

            if (_sending[(int)connection.Lane] is null)
            {
                _sending[(int)connection.Lane] = connection;
                Lane(connection.Lane).Attach(connection.Sender);
            }

            connection.Start(_options, deliver, OnEnded);
        }

        old.ForEach(one => one.Dispose());
        return true;
    }

    /// <summary>Ends all connections; what was not sent comes back. Does nothing when repeated.</summary>
    public async Task<List<Message>> CloseAsync()
    {
        List<Connection> connections;
        lock (_gate)
        {
            if (_isClosed)
            {
                return [];
            }

            _isClosed = true;
            connections = [.. _connections];
        }

        List<Message> unsent = [.. _lanes.SelectMany(lane => lane.Close())];
        connections.ForEach(connection => connection.Dispose());
        try
        {
            await Task.WhenAll(connections.Select(connection => connection.Received)).WaitAsync(_options.DrainTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A receiver that waits for room which nobody gives back any more: its connection is closed, nothing comes of it.
        }

        return unsent;
    }

    /// <summary>Sends what is queued, for a while, then ends all connections.</summary>
    public async Task DrainAsync()
    {
        try
        {
            Task drained = Task.WhenAll(_lanes.Select(lane => lane.DrainAsync()));
            await drained.WaitAsync(_options.DrainTimeout).ConfigureAwait(false);
            List<Connection> connections;
            lock (_gate)
            {
                connections = [.. _connections];
            }

            connections.ForEach(connection => connection.Finish());
            await Task.WhenAll(connections.Select(connection => connection.Received)).WaitAsync(_options.DrainTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The other side does not read any more.
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private void OnEnded(Connection connection, DisconnectReason reason, Exception error)
    {
        bool isCurrent;
        lock (_gate)
        {
            isCurrent = _connections.Contains(connection);
        }

        if (isCurrent)
        {
            _failed(this, reason, error);
        }
    }
}
