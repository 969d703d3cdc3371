namespace Orleans.Runtime;

/// <summary>Tells a silo that the membership table has a new version.</summary>
/// <param name="Version">The version.</param>
[GenerateSerializer]
internal sealed record ViewChanged([property: Id(0)] long Version);
