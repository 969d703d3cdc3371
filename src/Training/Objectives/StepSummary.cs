namespace NSft.Training.Objectives;

/// <summary>What a step's sums and counts mean.</summary>
/// <param name="Loss">Loss of the global batch.</param>
/// <param name="Tokens">Target tokens.</param>
/// <param name="Metrics">Further values by name.</param>
public sealed record StepSummary(double Loss, long Tokens, IReadOnlyDictionary<string, double> Metrics);
