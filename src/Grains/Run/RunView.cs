using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Builds the message form of membership views: who sits where and computes which shards. A pure function of view and shards.</summary>
internal static class RunView
{
    /// <summary>The message that tells a view.</summary>
    /// <param name="view">Version and members; a member's index is its seat.</param>
    /// <param name="silos">Silo of each member, by worker key.</param>
    /// <param name="firstStep">First step that the view computes.</param>
    /// <param name="shardCount">Shards of each step.</param>
    internal static ViewMessage Describe(MembershipView view, IReadOnlyDictionary<string, string> silos, int firstStep, int shardCount)
    {
        var seats = new WorkerSeat[view.Members.Count];
        for (var seat = 0; seat < seats.Length; seat++)
        {
            var range = ShardPlan.Range(shardCount, seats.Length, seat);
            seats[seat] = new WorkerSeat(view.Members[seat], silos[view.Members[seat]], range.First, range.Count);
        }

        return new ViewMessage(view.Version, firstStep, seats);
    }
}
