namespace Orleans.Runtime;

/// <summary>How activations of a grain class are spread.</summary>
public abstract class PlacementStrategy
{
    /// <summary>Only the strategies of this assembly exist.</summary>
    private protected PlacementStrategy()
    {
    }

    /// <summary>Picks one of the active silos, which are sorted and at least one.</summary>
    internal abstract SiloAddress Pick(PlacementQuestion question);
}
