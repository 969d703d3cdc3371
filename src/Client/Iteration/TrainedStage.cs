namespace NSft.Client.Iteration;

/// <summary>Training in numbers.</summary>
/// <param name="Steps">Steps.</param>
/// <param name="FirstLoss">Loss of the first step.</param>
/// <param name="LastLoss">Loss of the last step.</param>
/// <param name="WeightsHash">SHA-256 of the trained weights.</param>
/// <param name="Seconds">Time it took.</param>
internal sealed record TrainedStage(int Steps, double FirstLoss, double LastLoss, string WeightsHash, double Seconds);
