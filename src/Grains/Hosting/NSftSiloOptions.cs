namespace NSft.Grains.Hosting;

/// <summary>
/// Which cluster a silo joins, where it listens and what it offers. Section <c>Silo</c> of the configuration, or <c>--Silo:SiloPort 11112</c>.
/// </summary>
public sealed record NSftSiloOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>Name of the silo; null for one of the host's choice.</summary>
    public string? Name { get; init; }

    /// <summary>Directory that silos of one machine find each other through; null to join by ports.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Workers that the silo takes on its CPU; at least 0, and at least 1 without <see cref="Cuda"/>.</summary>
    public int WorkersPerSilo { get; init; } = 1;

    /// <summary>Whether each GPU takes a worker, instead of the CPU.</summary>
    public bool Cuda { get; init; }

    /// <summary>How long workers may take to leave when the silo is asked to stop; above zero, at most a day.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Port for other silos, 1 to 65535. Without a state directory, which lets silos take free ones.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients, 1 to 65535, another than <see cref="SiloPort"/>. Without a state directory.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Silo port of the first silo of the cluster on this machine; null for this silo. For <c>Clustering:Provider</c> localhost.</summary>
    public int? PrimaryPort { get; init; }

    /// <summary>
    /// Address that other machines reach this silo by, such as the pod's; null for the first that the host's name has. For clusters of
    /// several machines, whose silos listen on all addresses.
    /// </summary>
    public string? AdvertisedAddress { get; init; }
}
