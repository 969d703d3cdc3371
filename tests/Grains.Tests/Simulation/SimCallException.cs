namespace NSft.Grains.Tests.Simulation;

/// <summary>A call had no answer.</summary>
/// <param name="message">What was asked and what became of it.</param>
internal sealed class SimCallException(string message) : Exception(message);
