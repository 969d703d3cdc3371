namespace Orleans.Storage;

/// <summary>The name of a store in memory.</summary>
internal sealed record MemoryStoreName(string Name);
