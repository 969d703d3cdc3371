using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.Contracts.Messages;

/// <summary>How a run lives through changes of its workers. None of these changes the result.</summary>
/// <param name="MinWorkers">Fewest workers that steps run with; below it the run waits.</param>
/// <param name="StateMode">Who holds the optimizer state.</param>
/// <param name="StepDeadlineSeconds">A worker that keeps a step waiting for longer is evicted; 0 for a deadline that follows from the steps before.</param>
/// <param name="RunDirectory">Where the run keeps its journal and, unless told otherwise, its checkpoints; null for a run that keeps nothing.</param>
/// <param name="CheckpointDirectory">Where checkpoints go; null for <c>checkpoints</c> in the run directory.</param>
/// <param name="CheckpointEvery">Steps between checkpoints; 0 for none but those before the last worker leaves.</param>
/// <param name="KeepCheckpoints">Checkpoints that are kept.</param>
/// <param name="Resume">Start from the newest whole checkpoint.</param>
/// <param name="OutputDirectory">Where the cluster publishes the result; null when the client does.</param>
/// <param name="Name">Name of the run for people; null for none.</param>
/// <param name="SharedMemory">Workers on one host may read each other's sums from shared memory instead of getting them in messages.</param>
[GenerateSerializer, Immutable, Alias("nsft.elastic-options")]
public sealed record ElasticOptions(
    [property: Id(0)] int MinWorkers = 1,
    [property: Id(1)] OptimizerStateMode StateMode = OptimizerStateMode.Replicated,
    [property: Id(2)] double StepDeadlineSeconds = 0,
    [property: Id(3)] string? RunDirectory = null,
    [property: Id(4)] string? CheckpointDirectory = null,
    [property: Id(5)] int CheckpointEvery = 0,
    [property: Id(6)] int KeepCheckpoints = ElasticOptions.DefaultKeepCheckpoints,
    [property: Id(7)] bool Resume = false,
    [property: Id(8)] string? OutputDirectory = null,
    [property: Id(9)] string? Name = null,
    [property: Id(10)] bool SharedMemory = true)
{
    /// <summary>Checkpoints kept unless the caller says otherwise.</summary>
    public const int DefaultKeepCheckpoints = 3;

    /// <summary>Where checkpoints are; null when the run keeps none.</summary>
    public string? ResolveCheckpointDirectory() =>
        CheckpointDirectory ?? (RunDirectory is null ? null : StoreAddress.Parse(RunDirectory).At("checkpoints").ToString());
}
