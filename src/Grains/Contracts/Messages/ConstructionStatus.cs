namespace NSft.Grains.Contracts.Messages;

/// <summary>A construction job as an observer sees it.</summary>
/// <param name="Phase">Where the job is.</param>
/// <param name="DoneBlocks">Blocks that are constructed.</param>
/// <param name="TotalBlocks">Blocks of the job; 0 until the data was read.</param>
/// <param name="PairCount">Pairs of the job.</param>
/// <param name="Work">What is done, by earlier commands too.</param>
/// <param name="RetriedBlocks">Leases of blocks that came to nothing.</param>
/// <param name="DamagedBlocks">Block files of an earlier command that were damaged and are done again.</param>
/// <param name="Silos">Silos that constructed a block.</param>
/// <param name="Failure">Why the job failed; null unless it did.</param>
[GenerateSerializer, Immutable, Alias("nsft.construction-status")]
public sealed record ConstructionStatus(
    [property: Id(0)] RunPhase Phase,
    [property: Id(1)] int DoneBlocks,
    [property: Id(2)] int TotalBlocks,
    [property: Id(3)] int PairCount,
    [property: Id(4)] WorkTally Work,
    [property: Id(5)] int RetriedBlocks,
    [property: Id(6)] string[] DamagedBlocks,
    [property: Id(7)] string[] Silos,
    [property: Id(8)] Failure? Failure);
