using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Places on the least loaded silo; on one machine that is the one with the fewest activations.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class ResourceOptimizedPlacementAttribute : PlacementAttribute
{
    /// <summary>Sets the strategy.</summary>
    public ResourceOptimizedPlacementAttribute()
        : base(new ActivationCountBasedPlacement())
    {
    }
}
