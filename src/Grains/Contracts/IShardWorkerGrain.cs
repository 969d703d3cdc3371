using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>One worker of a run; the key is run id and worker name. Computes shards, exchanges gradients, applies steps.</summary>
/// <remarks>
/// A key is one life: a worker that is lost is replaced by one with another key. Failures of a worker are values in its reports. A
/// message of an older view, step or try is dropped and counted. All calls interleave; calls that compute wait for the worker's own thread.
/// </remarks>
[Alias("nsft.shard-worker")]
public interface IShardWorkerGrain : IGrainWithStringKey
{
    /// <summary>Takes the device, loads model and data. A second call with the same request returns the same report.</summary>
    /// <param name="request">What to load.</param>
    [Alias("open"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<OpenReport> OpenAsync(OpenRequest request);

    /// <summary>Ends what is in flight, promises to refuse older views, and tells what the worker has.</summary>
    /// <param name="request">The view to come.</param>
    [Alias("halt"), AlwaysInterleave]
    Task<HaltReport> HaltAsync(HaltRequest request);

    /// <summary>Takes a seat in the view that the worker was halted for; copies what it lacks.</summary>
    /// <param name="request">View, seat and sources.</param>
    [Alias("seat"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<SeatReport> TakeSeatAsync(SeatRequest request);

    /// <summary>Copies the whole state into a passive worker while steps go on.</summary>
    /// <param name="request">The worker's seat request, whose sources it copies from.</param>
    [Alias("sync"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<SyncReport> SyncAsync(SeatRequest request);

    /// <summary>Computes the gradients of the worker's shards into fixed-point sums. Undoes an earlier try.</summary>
    /// <param name="request">Step and exponents.</param>
    [Alias("prepare"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<PreparedReport> PrepareAsync(PrepareRequest request);

    /// <summary>Waits for the exchange of sums and votes.</summary>
    /// <param name="request">The step.</param>
    [Alias("reduce"), AlwaysInterleave, ResponseTimeout("02:00:00")]
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
    [Alias("commit"), AlwaysInterleave, ResponseTimeout("00:30:00")]
    Task<CommitReport> CommitAsync(CommitRequest request);

    /// <summary>Gives a chunk of the worker's state, while it goes on computing.</summary>
    /// <param name="request">Which chunk.</param>
    [Alias("read-state"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<StateChunk> ReadStateAsync(StateRequest request);

    /// <summary>Copies the state of the worker's owned range, to be written by <see cref="CheckpointAsync"/>; the next step goes on afterwards.</summary>
    /// <param name="request">The step, and which copies are still wanted.</param>
    /// <returns>Why there is no copy; null when there is.</returns>
    [Alias("snapshot"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<Failure?> SnapshotAsync(SnapshotRequest request);

    /// <summary>Writes what <see cref="SnapshotAsync"/> copied.</summary>
    /// <param name="request">Step and directory.</param>
    [Alias("checkpoint"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<CheckpointFileReport> CheckpointAsync(CheckpointRequest request);

    /// <summary>Hashes the weights and writes the model if asked to.</summary>
    /// <param name="request">What to write.</param>
    [Alias("export"), AlwaysInterleave, ResponseTimeout("02:00:00")]
    Task<ExportReport> ExportAsync(ExportRequest request);

    /// <summary>Stops what is running, frees model, data and device and lets the worker go.</summary>
    /// <param name="runId">The run.</param>
    [Alias("close"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task CloseAsync(string runId);
}
