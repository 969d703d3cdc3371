using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Training.Sessions;

namespace NSft.Grains.ShardWorker;

/// <summary>A view as one of its workers sees it.</summary>
internal sealed class WorkerView
{
    private readonly ViewMessage _message;

    /// <summary>A view.</summary>
    /// <param name="message">The view.</param>
    /// <param name="seat">The worker's index.</param>
    /// <param name="workers">All workers in seat order.</param>
    /// <param name="facts">What the worker's session found.</param>
    /// <param name="open">How the run was opened.</param>
    internal WorkerView(ViewMessage message, int seat, IReadOnlyList<IShardWorkerGrain> workers, SessionFacts facts, OpenRequest open)
    {
        _message = message;
        Seat = seat;
        ActiveCount = message.Seats.Count(one => !one.IsPassive);
        Seats = ExchangeSeats.Of(workers, seat, ActiveCount, open.StateMode);
        var plan = ReducePlan.Create(facts.Layout, ActiveCount, facts.BytesPerElement, open.ChunkBytes);
        Owned = IsPassive ? default : plan.Owned(seat);
        RequiredMoments = StateRanges.Moments(open.StateMode, plan, facts.Layout, seat);
        Shards = new ShardRange(message.Seats[seat].FirstShard, message.Seats[seat].ShardCount);
    }

    internal long Version => _message.Version;

    internal int Seat { get; }

    internal int ActiveCount { get; }

    internal bool IsPassive => _message.Seats[Seat].IsPassive;

    internal ExchangeSeats Seats { get; }

    /// <summary>The worker's shards of each step; may be none.</summary>
    internal ShardRange Shards { get; }

    /// <summary>The range that the worker sums; empty when it is passive.</summary>
    internal ElementRange Owned { get; }

    /// <summary>Moments that the worker is to hold.</summary>
    internal RangeSet RequiredMoments { get; }

    /// <summary>Keys of seats.</summary>
    internal string[] KeysOf(IEnumerable<int> seats) => [.. seats.Select(seat => _message.Seats[seat].Key)];
}
