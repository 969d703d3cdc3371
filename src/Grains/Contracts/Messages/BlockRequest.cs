namespace NSft.Grains.Contracts.Messages;

/// <summary>A block of a construction job, leased to a task. Constructing it again gives the same.</summary>
/// <param name="Job">The job's request.</param>
/// <param name="DatasetKey">Dataset grain that serves the pairs.</param>
/// <param name="Index">Index of the block.</param>
/// <param name="Start">First pair.</param>
/// <param name="Count">Number of pairs.</param>
/// <param name="StatisticsJson">What the whole set says beyond the block's pairs.</param>
/// <param name="VocabularyHash">Hash over lexicon and codebook; a silo that has others refuses.</param>
[GenerateSerializer, Immutable, Alias("nsft.block-request")]
public sealed record BlockRequest(
    [property: Id(0)] ConstructionRequest Job,
    [property: Id(1)] string DatasetKey,
    [property: Id(2)] int Index,
    [property: Id(3)] int Start,
    [property: Id(4)] int Count,
    [property: Id(5)] string StatisticsJson,
    [property: Id(6)] string VocabularyHash);
