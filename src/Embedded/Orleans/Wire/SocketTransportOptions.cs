using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orleans.Runtime;

/// <summary>How a node talks to other processes.</summary>
internal sealed record SocketTransportOptions
{
    /// <summary>Nodes of other clusters are refused.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Nodes of this process, which messages reach without sockets; null to use sockets for them, too.</summary>
    public InProcessTransport? SameProcess { get; init; }

    /// <summary>Bytes that may be queued for one lane of a peer; more waits.</summary>
    public long MaxQueuedBytes { get; init; } = 64L << 20;

    /// <summary>Messages that may wait for room in the queue of one lane; more are rejected.</summary>
    public int MaxWaiters { get; init; } = 1024;

    /// <summary>Bytes of control messages that may be queued for a peer; more are not taken.</summary>
    public long MaxControlBytes { get; init; } = 4L << 20;

    /// <summary>Bytes of requests of one connection that may wait for their turns; more are not read.</summary>
    public long MaxUnprocessedBytes { get; init; } = 256L << 20;

    /// <summary>The largest message.</summary>
    public long MaxMessageBytes { get; init; } = 1L << 30;

    /// <summary>How long a peer may take to answer a new connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a leaving node sends what it has queued.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
