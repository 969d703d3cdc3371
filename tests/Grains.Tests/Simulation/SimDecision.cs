namespace NSft.Grains.Tests.Simulation;

/// <summary>What the commit of a step says.</summary>
internal sealed record SimDecision(double Norm, double Loss, int[] NextExponents);
