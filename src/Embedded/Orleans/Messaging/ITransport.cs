namespace Orleans.Runtime;

/// <summary>Carries messages between the nodes of a cluster.</summary>
internal interface ITransport
{
    /// <summary>Starts to deliver messages for a node.</summary>
    void Attach(SiloAddress address, IMessageSink sink);

    /// <summary>Stops to deliver messages for a node and tells the other nodes.</summary>
    void Detach(SiloAddress address);

    /// <summary>Sends a message; false if nobody listens there.</summary>
    bool TrySend(SiloAddress to, Message message);
}
