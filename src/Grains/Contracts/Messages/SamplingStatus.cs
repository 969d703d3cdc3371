namespace NSft.Grains.Contracts.Messages;

/// <summary>A sampling job as an observer sees it.</summary>
/// <param name="Phase">Where the job is.</param>
/// <param name="DoneBlocks">Blocks that are answered.</param>
/// <param name="TotalBlocks">Blocks of the job; 0 until the data was read.</param>
/// <param name="Completions">Completions that are there.</param>
/// <param name="FoundCompletions">Those that were in the work directory when the job began.</param>
/// <param name="TotalCompletions">Completions of the job.</param>
/// <param name="Tokens">Tokens of the completions that are there.</param>
/// <param name="RetriedBlocks">Leases of blocks that came to nothing.</param>
/// <param name="Silos">Silos that answered a block.</param>
/// <param name="Failure">Why the job failed; null unless it did.</param>
[GenerateSerializer, Immutable, Alias("nsft.sampling-status")]
public sealed record SamplingStatus(
    [property: Id(0)] RunPhase Phase,
    [property: Id(1)] int DoneBlocks,
    [property: Id(2)] int TotalBlocks,
    [property: Id(3)] long Completions,
    [property: Id(4)] long FoundCompletions,
    [property: Id(5)] long TotalCompletions,
    [property: Id(6)] long Tokens,
    [property: Id(7)] int RetriedBlocks,
    [property: Id(8)] string[] Silos,
    [property: Id(9)] Failure? Failure);
