using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Benchmarks;

/// <summary>A bench worker as an exchange's peer; it holds no weights.</summary>
internal sealed class BenchPeer(IExchangeBenchGrain worker) : IExchangePeer
{
    public Task<AcceptOutcome> AcceptPartialAsync(ChunkMessage chunk) => worker.AcceptPartialAsync(chunk);

    public Task<AcceptOutcome> AcceptSumAsync(ChunkMessage chunk) => worker.AcceptSumAsync(chunk);

    public Task<AcceptOutcome> AcceptWeightsAsync(ChunkMessage chunk) => Task.FromResult(AcceptOutcome.Refused);
}
