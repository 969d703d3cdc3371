using Microsoft.AspNetCore.Connections;

namespace Orleans.Runtime;

/// <summary>
/// Carries messages between the nodes of a cluster. Two kinds: <see cref="InProcessTransport"/> hands objects over and serves all
/// nodes of a process; <see cref="SocketTransport"/> serves one node, speaks TCP, and may be given an
/// <see cref="InProcessTransport"/> for the nodes that share its process.
/// </summary>
internal interface ITransport
{
    /// <summary>Starts to deliver messages for a node. A silo attaches twice: by its address and by its gateway's.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    void Attach(SiloAddress address, IMessageSink sink);

    /// <summary>Stops to deliver messages for a node and tells the other nodes.</summary>
    void Detach(SiloAddress address);

    /// <summary>
    /// Sends a message and never blocks; false if it is known that nobody listens there. Where that shows only later, the
    /// sender's sink is told that the node is gone, and gets what was not sent back by <see cref="IMessageSink.Undelivered"/>.
    /// </summary>
    bool TrySend(SiloAddress to, Message message);

    /// <summary>Closes the connections with a silo that was declared dead and takes none from it any more; tells the sinks here that it is gone.</summary>
    void Sever(SiloAddress peer);
}
