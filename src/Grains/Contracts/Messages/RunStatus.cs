namespace NSft.Grains.Contracts.Messages;

/// <summary>A run as an observer sees it.</summary>
/// <param name="Phase">Where the run is.</param>
/// <param name="CommittedSteps">Number of committed steps.</param>
/// <param name="TotalSteps">Steps of the whole run; 0 until the workers have opened.</param>
/// <param name="Steps">Committed steps that the caller does not know, in order.</param>
/// <param name="View">The membership view; null until there is one.</param>
/// <param name="Failure">Why the run failed; null unless it did.</param>
/// <param name="WeightsHash">SHA-256 of the trained weights, the same on all workers; null until the run is complete.</param>
/// <param name="RedoneSteps">Tries of steps that were discarded.</param>
/// <param name="DroppedMessages">Messages of older views, steps or tries that workers dropped.</param>
/// <param name="HeldBytes">Bytes of weights, gradients and optimizer state of all workers together.</param>
/// <param name="TargetWorkers">Wanted number of workers.</param>
/// <param name="Workers">Workers there are.</param>
/// <param name="DiscardedSteps">Steps in flight that were lost with a worker and computed again.</param>
/// <param name="LastCheckpointStep">Committed steps of the newest checkpoint; -1 for none.</param>
/// <param name="StartedAt">When the run was started, UTC.</param>
[GenerateSerializer, Immutable, Alias("nsft.run-status")]
public sealed record RunStatus(
    [property: Id(0)] RunPhase Phase,
    [property: Id(1)] int CommittedSteps,
    [property: Id(2)] int TotalSteps,
    [property: Id(3)] StepMessage[] Steps,
    [property: Id(4)] ViewMessage? View,
    [property: Id(5)] Failure? Failure,
    [property: Id(6)] string? WeightsHash,
    [property: Id(7)] int RedoneSteps,
    [property: Id(8)] long DroppedMessages,
    [property: Id(9)] long HeldBytes,
    [property: Id(10)] int TargetWorkers,
    [property: Id(11)] WorkerStatus[] Workers,
    [property: Id(12)] int DiscardedSteps,
    [property: Id(13)] int LastCheckpointStep,
    [property: Id(14)] DateTimeOffset StartedAt);
