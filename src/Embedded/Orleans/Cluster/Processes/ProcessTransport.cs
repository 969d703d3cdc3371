using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Makes the transport of nodes that other processes reach.</summary>
internal static class ProcessTransport
{
    /// <summary>A transport for one node.</summary>
    public static ITransport Open(ClusterOptions cluster, TimeProvider time, ILogger logger) =>
        new SocketTransport(new SocketTransportOptions { ClusterId = $"{cluster.ServiceId}/{cluster.ClusterId}", Time = time, Logger = logger });
}
