namespace NSft.Grains.Tests.Simulation;

/// <summary>A checkpoint: all blocks after a step.</summary>
internal sealed record SimCheckpoint(int Step, int[]? NextExponents, SimChunk[] Blocks)
{
    internal bool IsDamaged { get; init; }
}
