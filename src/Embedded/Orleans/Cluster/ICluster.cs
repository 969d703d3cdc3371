namespace Orleans.Runtime;

/// <summary>A silo's cluster: in this process, or of several processes that share a membership table.</summary>
internal interface ICluster
{
    /// <summary>The membership as this silo sees it.</summary>
    MembershipViews Membership { get; }

    /// <summary>Where grains are.</summary>
    IGrainLocator Directory { get; }

    /// <summary>The way to other nodes.</summary>
    ITransport Transport { get; }

    /// <summary>The records of the stores in memory.</summary>
    /// <exception cref="OrleansConfigurationException">The cluster has no memory that all its silos share.</exception>
    MemoryStore Store { get; }

    /// <summary>Whether a gateway stands in for its clients, which other silos cannot reach.</summary>
    bool RelaysClients { get; }

    /// <summary>Makes the silo an active member.</summary>
    Task JoinAsync(CancellationToken cancellationToken);

    /// <summary>Tells all that the silo is about to leave.</summary>
    Task AnnounceStopAsync(CancellationToken cancellationToken);

    /// <summary>Leaves.</summary>
    Task LeaveAsync();

    /// <summary>The silo has stopped without a word, or was told that it is dead; harmless when repeated.</summary>
    void Abandon();

    /// <summary>Declares a silo dead; false if it is no member.</summary>
    Task<bool> TryKillAsync(SiloAddress silo);

    /// <summary>Takes the newest view from where views are made.</summary>
    Task RefreshAsync();

    /// <summary>Takes a message of another engine.</summary>
    void Receive(ControlMessage message);

    /// <summary>The connection with a node is gone.</summary>
    void Disconnected(SiloAddress peer);
}
