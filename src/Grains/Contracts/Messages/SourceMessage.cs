namespace NSft.Grains.Contracts.Messages;

/// <summary>A worker that others can copy state from.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Weights">Ranges whose weights it holds.</param>
/// <param name="Moments">Ranges whose optimizer state it holds.</param>
[GenerateSerializer, Immutable, Alias("nsft.source")]
public sealed record SourceMessage(
    [property: Id(0)] string Key,
    [property: Id(1)] RangeMessage[] Weights,
    [property: Id(2)] RangeMessage[] Moments);
