namespace NSft.Grains.Tests.Simulation;

/// <summary>An invariant does not hold.</summary>
/// <param name="message">Which one, and where.</param>
internal sealed class SimViolationException(string message) : Exception(message);
