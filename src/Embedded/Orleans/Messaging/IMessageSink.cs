namespace Orleans.Runtime;

/// <summary>A node's end of the transport. No method blocks or throws.</summary>
internal interface IMessageSink
{
    /// <summary>A message has arrived.</summary>
    void Receive(Message message);

    /// <summary>Another node is gone.</summary>
    void Disconnected(SiloAddress peer);

    /// <summary>The connection to another node has ended, or could not be made. A later message to it connects anew.</summary>
    void Disconnected(SiloAddress peer, DisconnectReason reason) => Disconnected(peer);

    /// <summary>A message has not left this node and will not.</summary>
    void Undelivered(SiloAddress to, Message message, Exception error)
    {
    }
}
