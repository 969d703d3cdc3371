namespace NSft.Grains.Contracts;

/// <summary>The key of the fleet grain.</summary>
public static class FleetKey
{
    /// <summary>There is one fleet grain in a cluster.</summary>
    public const string Only = "fleet";
}
