using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>One worker of a run; the key is run id and worker name. Computes shards, exchanges gradients, applies steps.</summary>
/// <remarks>
/// Failures of a worker are values in its reports. A message of an older view, step or try is dropped and counted.
/// Calls that compute wait for the worker's own thread and may take long; the others return at once.
/// </remarks>
[Alias("nsft.shard-worker")]
public interface IShardWorkerGrain : IGrainWithStringKey
{
    /// <summary>Loads model and data. A second call with the same request returns the same report.</summary>
    /// <param name="request">What to load.</param>
    [Alias("open"), ResponseTimeout("02:00:00")]
    Task<OpenReport> OpenAsync(OpenRequest request);

    /// <summary>Takes a seat in a new view. Drops what is left of steps in older views.</summary>
    /// <param name="request">View and seat.</param>
    /// <returns>Whether the view was newer than the worker's and is taken.</returns>
    [Alias("seat")]
    Task<bool> TakeSeatAsync(SeatRequest request);

    /// <summary>Computes the gradients of the worker's shards into fixed-point sums. Undoes an earlier try.</summary>
    /// <param name="request">Step and exponents.</param>
    [Alias("prepare"), ResponseTimeout("02:00:00")]
    Task<PreparedReport> PrepareAsync(PrepareRequest request);

    /// <summary>Exchanges partial sums with all peers and votes.</summary>
    /// <param name="request">The step.</param>
    [Alias("reduce"), ResponseTimeout("00:30:00")]
    Task<VoteReport> ReduceAsync(ReduceRequest request);

    /// <summary>Takes a peer's partial sum of a chunk that this worker owns.</summary>
    /// <param name="chunk">The chunk.</param>
    [Alias("partial"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk);

    /// <summary>Takes the sum of a chunk from its owner.</summary>
    /// <param name="chunk">The chunk.</param>
    [Alias("sum"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk);

    /// <summary>Takes the updated weights of a chunk from its owner.</summary>
    /// <param name="chunk">The chunk.</param>
    [Alias("weights"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk);

    /// <summary>Applies the step. Repeating it changes nothing.</summary>
    /// <param name="request">The step.</param>
    [Alias("commit"), ResponseTimeout("00:30:00")]
    Task<CommitReport> CommitAsync(CommitRequest request);

    /// <summary>Forgets the gradients of the step; weights and optimizer are as before it.</summary>
    /// <param name="ticket">The step.</param>
    [Alias("discard"), ResponseTimeout("00:30:00")]
    Task DiscardAsync(StepTicket ticket);

    /// <summary>Hashes the weights and writes the model if asked to.</summary>
    /// <param name="request">What to write.</param>
    [Alias("export"), ResponseTimeout("02:00:00")]
    Task<ExportReport> ExportAsync(ExportRequest request);

    /// <summary>Stops what is running, frees model and data and lets the worker go.</summary>
    /// <param name="runId">The run.</param>
    [Alias("close"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task CloseAsync(string runId);
}
