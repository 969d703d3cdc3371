using Orleans.Runtime;

namespace Orleans.Placement;

/// <summary>Places on a silo chosen at random.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class RandomPlacementAttribute : PlacementAttribute
{
    /// <summary>Sets the strategy.</summary>
    public RandomPlacementAttribute()
        : base(new RandomPlacement())
    {
    }
}
