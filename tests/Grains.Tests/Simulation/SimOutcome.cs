namespace NSft.Grains.Tests.Simulation;

/// <summary>What came of a schedule.</summary>
/// <param name="Problem">What must not happen and did; null when all is well.</param>
/// <param name="Seconds">Virtual time until the end.</param>
/// <param name="Events">Events until the end.</param>
/// <param name="RolledBack">How often steps were given up, nobody having their state.</param>
/// <param name="Trace">What happened, if it was traced.</param>
internal sealed record SimOutcome(string? Problem, double Seconds, long Events, int RolledBack, IReadOnlyList<string> Trace);
