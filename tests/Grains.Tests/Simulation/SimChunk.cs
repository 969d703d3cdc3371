namespace NSft.Grains.Tests.Simulation;

/// <summary>State of one block as of a step.</summary>
internal sealed record SimChunk(int Step, ulong Weights, ulong History, ulong Moments);
