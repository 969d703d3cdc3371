namespace Orleans.Runtime;

/// <summary>Tells a silo that its activation is not the one that the grain directory lists.</summary>
/// <param name="Activation">The activation to end.</param>
[GenerateSerializer]
internal sealed record DuplicateFound([property: Id(0)] GrainAddress Activation);
