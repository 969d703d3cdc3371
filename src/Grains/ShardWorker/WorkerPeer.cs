using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>A worker grain as an exchange's peer.</summary>
internal sealed class WorkerPeer(IShardWorkerGrain worker) : IExchangePeer
{
    public Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk) => worker.AcceptPartialAsync(chunk);

    public Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk) => worker.AcceptSumAsync(chunk);

    public Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk) => worker.AcceptWeightsAsync(chunk);
}
