using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Instruments;

/// <summary>What a run's gauges show; replaced as a whole, since scrapes read it on threads of their own.</summary>
internal sealed record RunReading
{
    internal RunPhase Phase { get; init; }

    internal int CommittedSteps { get; init; }

    /// <summary>Null until a worker has opened.</summary>
    internal int? TotalSteps { get; init; }

    /// <summary>Of the last committed step; null before the first.</summary>
    internal double? Loss { get; init; }

    /// <summary>Of the last committed step; null before the first.</summary>
    internal double? GradientNorm { get; init; }

    /// <summary>Of the last committed step; null before the first.</summary>
    internal double? LearningRate { get; init; }

    internal long ViewVersion { get; init; }

    internal int ViewSize { get; init; }

    /// <summary>Counts at the numbers of <see cref="WorkerStage"/>.</summary>
    internal int[] WorkersByStage { get; init; } = [];

    /// <summary>Workers that the run could use and does not have.</summary>
    internal int WantedWorkers { get; init; }

    /// <summary>Of the last checkpoint that this coordinator had written; null before.</summary>
    internal long? CheckpointBytes { get; init; }
}
