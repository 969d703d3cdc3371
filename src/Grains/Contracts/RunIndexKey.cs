namespace NSft.Grains.Contracts;

/// <summary>Key of the run index.</summary>
public static class RunIndexKey
{
    /// <summary>There is one index in a cluster.</summary>
    public const string Only = "runs";
}
