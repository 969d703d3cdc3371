namespace NSft.Client.Iteration;

/// <summary>One round in numbers; what a stage did not come to is null.</summary>
/// <param name="Round">Number of the round; 0 for the base model.</param>
/// <param name="Model">Folder of its weights.</param>
internal sealed record RoundResult(int Round, string Model)
{
    /// <summary>What was sampled.</summary>
    public SampledStage? Sampled { get; init; }

    /// <summary>What pairs were made.</summary>
    public PairedStage? Paired { get; init; }

    /// <summary>What was constructed.</summary>
    public ConstructedStage? Constructed { get; init; }

    /// <summary>What was trained.</summary>
    public TrainedStage? Trained { get; init; }

    /// <summary>How the weights score.</summary>
    public IterationScores? Scores { get; init; }
}
