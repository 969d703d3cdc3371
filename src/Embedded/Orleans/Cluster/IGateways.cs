namespace Orleans.Runtime;

/// <summary>A client's ways into its cluster.</summary>
internal interface IGateways
{
    /// <summary>The way to the gateways; null before a cluster was found.</summary>
    ITransport? Transport { get; }

    /// <summary>The gateways that take requests now.</summary>
    SiloAddress[] Open { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="SiloUnavailableException">No gateway answers.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Disconnects.</summary>
    void Stop();

    /// <summary>Takes a message of a gateway's engine.</summary>
    void Receive(ControlMessage message);

    /// <summary>The connection with a gateway is gone.</summary>
    void Disconnected(SiloAddress peer);
}
