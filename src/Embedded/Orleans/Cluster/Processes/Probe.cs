namespace Orleans.Runtime;

/// <summary>Asks a node whether it lives; the answer is the same.</summary>
/// <param name="Round">The asker's count of rounds.</param>
[GenerateSerializer]
internal sealed record Probe([property: Id(0)] long Round);
