using Microsoft.AspNetCore.Connections;

namespace Orleans.Runtime;

/// <summary>Carries messages between the nodes of a cluster.</summary>
internal interface ITransport
{
    /// <summary>Starts to deliver messages for a node. A silo attaches twice: by its address and by its gateway's.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    void Attach(SiloAddress address, IMessageSink sink);

    /// <summary>Stops to deliver messages for a node and tells the other nodes.</summary>
    void Detach(SiloAddress address);

    /// <summary>
    /// Sends a message; false if it is known that nobody listens there. Where that shows only later, the sender's sink is told
    /// that the node is gone.
    /// </summary>
    bool TrySend(SiloAddress to, Message message);

    /// <summary>Closes the connections with a silo that was declared dead and takes none from it any more; tells the sinks here that it is gone.</summary>
    void Sever(SiloAddress peer);
}
