using Orleans;

namespace NSft.Cluster.Silo;

/// <summary>A stored count.</summary>
[GenerateSerializer]
public sealed class Tally
{
    /// <summary>The count.</summary>
    [Id(0)]
    public int Count { get; set; }
}
