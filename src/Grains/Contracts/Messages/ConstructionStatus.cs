namespace NSft.Grains.Contracts.Messages;

/// <summary>A construction job as an observer sees it.</summary>
/// <param name="Phase">Where the job is.</param>
/// <param name="DoneBlocks">Blocks that are constructed.</param>
/// <param name="TotalBlocks">Blocks of the job; 0 until the data was read.</param>
/// <param name="PairCount">Pairs of the job.</param>
/// <param name="Problems">Rows of the data that cannot be used, one line each.</param>
/// <param name="RetriedBlocks">Tries of blocks that failed.</param>
/// <param name="Silos">Silos that constructed a block.</param>
/// <param name="CodebookHash">SHA-256 of the codebook; null until it was read.</param>
/// <param name="LexiconHash">SHA-256 of the lexicon; null until it was read.</param>
/// <param name="Failure">Why the job failed; null unless it did.</param>
[GenerateSerializer, Immutable, Alias("nsft.construction-status")]
public sealed record ConstructionStatus(
    [property: Id(0)] RunPhase Phase,
    [property: Id(1)] int DoneBlocks,
    [property: Id(2)] int TotalBlocks,
    [property: Id(3)] int PairCount,
    [property: Id(4)] string[] Problems,
    [property: Id(5)] int RetriedBlocks,
    [property: Id(6)] string[] Silos,
    [property: Id(7)] string? CodebookHash,
    [property: Id(8)] string? LexiconHash,
    [property: Id(9)] Failure? Failure);
