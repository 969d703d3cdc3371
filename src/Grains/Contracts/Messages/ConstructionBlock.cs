namespace NSft.Grains.Contracts.Messages;

/// <summary>A block of a construction job, leased to a task. Constructing it again gives the same.</summary>
/// <param name="DatasetKey">Dataset grain that serves the pairs.</param>
/// <param name="Index">Index of the block.</param>
/// <param name="Start">First pair.</param>
/// <param name="Count">Number of pairs.</param>
/// <param name="OptionsJson">The constructor's options.</param>
[GenerateSerializer, Immutable, Alias("nsft.construction-block")]
public sealed record ConstructionBlock(
    [property: Id(0)] string DatasetKey,
    [property: Id(1)] int Index,
    [property: Id(2)] int Start,
    [property: Id(3)] int Count,
    [property: Id(4)] string OptionsJson);
