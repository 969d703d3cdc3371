using NSft.Collectives;
using NSft.Grains.Contracts;

namespace NSft.Grains.ShardWorker;

/// <summary>Who takes part in an exchange and who gets what.</summary>
/// <remarks>
/// Active seats come first: seat i owns range i. Passive ones follow: they have no shards, own nothing and receive totals. In
/// <see cref="OptimizerStateMode.Zero1"/> an owner's totals go to its buddy alone, the active seat after it.
/// </remarks>
internal sealed class ExchangeSeats
{
    private readonly OptimizerStateMode _mode;

    /// <summary>Seats of a view.</summary>
    /// <param name="peers">All seats in order; the own one is not called.</param>
    /// <param name="seat">The own index.</param>
    /// <param name="activeCount">How many of them are active, at least 1.</param>
    /// <param name="mode">Who holds the moments.</param>
    internal ExchangeSeats(IReadOnlyList<IExchangePeer> peers, int seat, int activeCount, OptimizerStateMode mode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(activeCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(activeCount, peers.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(seat, peers.Count);
        Peers = peers;
        Seat = seat;
        ActiveCount = activeCount;
        _mode = mode;
    }

    internal IReadOnlyList<IExchangePeer> Peers { get; }

    internal int Seat { get; }

    internal int ActiveCount { get; }

    internal bool HasPassive => ActiveCount < Peers.Count;

    /// <summary>Seats whose chunks we send our sums of; none for a passive seat.</summary>
    internal IEnumerable<int> ActivePeers => Enumerable.Range(0, ActiveCount).Where(peer => peer != Seat);

    /// <summary>Seats that our totals go to, the passive ones last.</summary>
    internal IEnumerable<int> SumReceivers => !IsActive(Seat)
        ? []
        : _mode == OptimizerStateMode.Zero1
            ? ActivePeers.Where(peer => peer == BuddyOf(Seat))
            : Enumerable.Range(0, Peers.Count).Where(peer => peer != Seat);

    /// <summary>Seats whose totals we receive.</summary>
    internal IEnumerable<int> SumOwners =>
        _mode == OptimizerStateMode.Zero1 ? ActivePeers.Where(owner => IsActive(Seat) && BuddyOf(owner) == Seat) : ActivePeers;

    /// <summary>Seats that our updated weights go to.</summary>
    internal IEnumerable<int> WeightReceivers =>
        _mode == OptimizerStateMode.Zero1 && IsActive(Seat) ? ActivePeers.Where(peer => peer != BuddyOf(Seat)) : [];

    /// <summary>Seats whose updated weights we receive.</summary>
    internal IEnumerable<int> WeightOwners =>
        _mode == OptimizerStateMode.Zero1 && IsActive(Seat) ? ActivePeers.Where(owner => BuddyOf(owner) != Seat) : [];

    /// <summary>Seats of worker grains.</summary>
    internal static ExchangeSeats Of(IEnumerable<IShardWorkerGrain> workers, int seat, int activeCount, OptimizerStateMode mode) =>
        new([.. workers.Select(worker => new WorkerPeer(worker))], seat, activeCount, mode);

    internal bool IsActive(int seat) => seat >= 0 && seat < ActiveCount;

    private int BuddyOf(int seat) => (seat + 1) % ActiveCount;
}
