namespace NSft.Training.Plans;

/// <summary>What a plan depends on apart from the samples.</summary>
/// <param name="Objective">Decides the terms.</param>
/// <param name="GlobalBatch">Samples of a step.</param>
/// <param name="ShardCount">Virtual shards of a step.</param>
/// <param name="Seed">Seed of the order.</param>
/// <param name="Steps">Number of steps; null for whole epochs.</param>
/// <param name="Epochs">Passes over the data where <paramref name="Steps"/> is null.</param>
public sealed record PlanSettings(ObjectiveKind Objective, int GlobalBatch, int ShardCount, ulong Seed, int? Steps, int Epochs)
{
    /// <summary>The settings that options ask for.</summary>
    /// <param name="options">Valid options.</param>
    public static PlanSettings From(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options.Objective, options.GlobalBatch, options.ResolveShardCount(), options.Seed, options.Steps, options.Epochs ?? 1);
    }
}
