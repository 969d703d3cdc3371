namespace Orleans.Placement;

/// <summary>Which automatic moves leave a grain where it is.</summary>
[Flags]
public enum ImmovableKind
{
    /// <summary>Moves that bring grains that talk to each other together.</summary>
    Repartitioner = 1,

    /// <summary>Moves that level the number of activations.</summary>
    Rebalancer = 2,

    /// <summary>All of them.</summary>
    Any = Repartitioner | Rebalancer,
}
