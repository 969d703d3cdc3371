using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.ShardWorker;

/// <summary>A view as one of its workers sees it.</summary>
/// <param name="message">The view.</param>
/// <param name="seat">The worker's index.</param>
/// <param name="workers">All workers in seat order.</param>
internal sealed class WorkerView(ViewMessage message, int seat, IReadOnlyList<IShardWorkerGrain> workers)
{
    internal long Version => message.Version;

    internal int Seat => seat;

    internal IReadOnlyList<IShardWorkerGrain> Workers => workers;

    /// <summary>The worker's shards of each step; may be none.</summary>
    internal ShardRange Shards { get; } = new(message.Seats[seat].FirstShard, message.Seats[seat].ShardCount);
}
