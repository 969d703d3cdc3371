namespace Orleans.Runtime;

/// <summary>A grain that needs a silo.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Asker">The silo that asks.</param>
/// <param name="Hint">The silo that the caller wants; null for any.</param>
internal sealed record PlacementRequest(GrainId Grain, SiloAddress Asker, SiloAddress? Hint);
