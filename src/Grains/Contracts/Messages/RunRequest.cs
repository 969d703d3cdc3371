namespace NSft.Grains.Contracts.Messages;

/// <summary>A training run to start.</summary>
/// <param name="OptionsJson">The training options, serialized by <c>TrainingOptionsJson</c>; kept with the run so that it can be repeated.</param>
/// <param name="WorkerCount">Number of shard workers wanted; the result does not depend on it.</param>
/// <param name="StagingDirectory">Existing directory that one worker writes the trained model into; not used where the cluster publishes to an address.</param>
/// <param name="AttemptLimit">Tries of one step before the run fails; at least 2, as the first step measures its exponents.</param>
/// <param name="ChunkBytes">Bytes of gradient in one message.</param>
/// <param name="Elastic">How the run lives through changes of its workers; null for the defaults.</param>
[GenerateSerializer, Immutable, Alias("nsft.run-request")]
public sealed record RunRequest(
    [property: Id(0)] string OptionsJson,
    [property: Id(1)] int WorkerCount,
    [property: Id(2)] string StagingDirectory,
    [property: Id(3)] int AttemptLimit = RunRequest.DefaultAttemptLimit,
    [property: Id(4)] int ChunkBytes = RunRequest.DefaultChunkBytes,
    [property: Id(5)] ElasticOptions? Elastic = null)
{
    /// <summary>Tries of one step unless the caller says otherwise.</summary>
    public const int DefaultAttemptLimit = 4;

    /// <summary>Bytes of gradient in one message unless the caller says otherwise: the knee of the measured throughput.</summary>
    public const int DefaultChunkBytes = 1 << 20;
}
