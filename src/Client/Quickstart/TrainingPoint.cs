namespace NSft.Client.Quickstart;

/// <summary>One step of a method's training, for the curve.</summary>
/// <param name="Step">Step, from 1.</param>
/// <param name="Loss">Loss of the step.</param>
internal readonly record struct TrainingPoint(int Step, double Loss);
