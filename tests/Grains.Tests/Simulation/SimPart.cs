namespace NSft.Grains.Tests.Simulation;

/// <summary>One worker's part of a checkpoint.</summary>
internal sealed record SimPart(int FirstBlock, SimChunk[] Blocks);
