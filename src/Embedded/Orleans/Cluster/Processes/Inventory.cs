namespace Orleans.Runtime;

/// <summary>The activations of a silo that a grain directory lists.</summary>
/// <param name="Activations">Their addresses.</param>
[GenerateSerializer]
internal sealed record Inventory([property: Id(0)] GrainAddress[] Activations);
