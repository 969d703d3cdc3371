namespace Orleans.Runtime;

/// <summary>Asks a silo for its activations, on behalf of a new grain directory.</summary>
/// <param name="Version">The membership that made the asker keep the directory.</param>
[GenerateSerializer]
internal sealed record InventoryQuestion([property: Id(0)] long Version);
