namespace Orleans.Runtime;

/// <summary>A node's end of the transport. Neither method blocks or throws.</summary>
internal interface IMessageSink
{
    /// <summary>A message has arrived.</summary>
    void Receive(Message message);

    /// <summary>Another node is gone.</summary>
    void Disconnected(SiloAddress peer);
}
