using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Simulation;

/// <summary>A view as one of its workers sees it.</summary>
internal sealed class SimSeats
{
    private readonly ViewMessage _view;
    private readonly ReducePlan _plan;

    internal SimSeats(ViewMessage view, int seat, OptimizerStateMode mode)
    {
        (_view, Seat, Mode) = (view, seat, mode);
        ActiveCount = view.Seats.Count(one => !one.IsPassive);
        _plan = ReducePlan.Create(SimLayout.Layout, Math.Max(1, ActiveCount), SimReference.BytesPerElement);
        RequiredMoments = StateRanges.Moments(mode, _plan, SimLayout.Layout, seat);
    }

    internal long Version => _view.Version;

    internal int Seat { get; }

    internal OptimizerStateMode Mode { get; }

    internal int ActiveCount { get; }

    internal RangeSet RequiredMoments { get; }

    internal bool IsPassive => !IsActive(Seat);

    internal ElementRange Owned => IsPassive ? default : OwnedBy(Seat);

    internal ShardRange Shards => new(_view.Seats[Seat].FirstShard, _view.Seats[Seat].ShardCount);

    internal IEnumerable<int> OtherActive => Enumerable.Range(0, ActiveCount).Where(peer => peer != Seat);

    /// <summary>Who takes the totals of the own range.</summary>
    internal IEnumerable<int> TotalReceivers => Enumerable.Range(0, _view.Seats.Length).Where(peer =>
        peer != Seat && (Mode == OptimizerStateMode.Replicated || IsBuddy(Seat, peer)));

    /// <summary>Ranges whose totals are here when the exchange has ended.</summary>
    internal RangeSet Totals => Mode == OptimizerStateMode.Replicated ? RangeSet.Of(SimLayout.Layout.Whole) : RequiredMoments;

    internal bool IsActive(int seat) => seat < ActiveCount;

    internal ElementRange OwnedBy(int seat) => _plan.Owned(seat);

    internal string KeyOf(int seat) => _view.Seats[seat].Key;

    internal bool IsBuddy(int owner, int peer) => peer == (owner + 1) % ActiveCount;

    internal bool HearsTotalOf(int owner) => Mode == OptimizerStateMode.Replicated || IsBuddy(owner, Seat);
}
