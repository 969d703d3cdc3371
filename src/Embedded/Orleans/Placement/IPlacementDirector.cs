namespace Orleans.Runtime.Placement;

/// <summary>Decides on which silo an activation starts.</summary>
public interface IPlacementDirector
{
    /// <summary>The key of the request context under which a caller names the silo it wants.</summary>
    const string PlacementHintKey = nameof(PlacementHintKey);
}
