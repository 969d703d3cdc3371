using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Hosting;

/// <summary>What a construction job reports while it goes on.</summary>
/// <param name="Phase">Where the job is.</param>
/// <param name="DoneBlocks">Blocks that are constructed.</param>
/// <param name="TotalBlocks">Blocks of the job; 0 until the data was read.</param>
/// <param name="TotalPairs">Pairs of the job; 0 until the data was read.</param>
/// <param name="Work">What is done, by earlier commands too.</param>
public sealed record ConstructionProgress(RunPhase Phase, int DoneBlocks, int TotalBlocks, int TotalPairs, WorkTally Work);
