namespace NSft.Silo;

/// <summary>Where a silo listens and which cluster it joins. Section <c>Silo</c> of the configuration, or <c>--Silo:SiloPort 11112</c>.</summary>
public sealed record NSftSiloOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>Port for other silos, 1 to 65535.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>Port for clients, 1 to 65535, another than <see cref="SiloPort"/>.</summary>
    public int GatewayPort { get; init; } = 30000;

    /// <summary>Silo port of the first silo of the cluster on this machine; null for this silo.</summary>
    public int? PrimaryPort { get; init; }

    /// <summary>Name of the cluster; not empty.</summary>
    public string ClusterId { get; init; } = "nsft";
}
