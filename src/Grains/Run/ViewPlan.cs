using NSft.Collectives;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>Who sits where in a new view, decided from what the workers have. Pure.</summary>
/// <param name="View">The view; may have no seats.</param>
/// <param name="Sources">Who has state of the committed step.</param>
/// <param name="IsStateWhole">Sources together hold the whole state, so that everybody can be brought to it.</param>
internal sealed record ViewPlan(ViewMessage View, SourceMessage[] Sources, bool IsStateWhole)
{
    /// <summary>Plans a view.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="plan">What all workers agree on.</param>
    /// <param name="mode">Who holds the optimizer state.</param>
    /// <param name="committedSteps">Committed steps that everybody is to have.</param>
    /// <param name="candidates">Workers with what they told when they were halted.</param>
    internal static ViewPlan Make(
        long version,
        PlanFacts plan,
        OptimizerStateMode mode,
        int committedSteps,
        IReadOnlyList<(RosterMember Member, HaltReport Report)> candidates)
    {
        var current = candidates.Where(one => one.Report.CommittedSteps == committedSteps).ToList();
        var isWhole = committedSteps == 0
            || (IsWhole(current.SelectMany(one => one.Report.Weights), plan.ElementCount)
                && IsWhole(current.SelectMany(one => one.Report.Moments), plan.ElementCount));
        var sources = current.Select(one => new SourceMessage(one.Member.Key, one.Report.Weights, one.Report.Moments)).ToArray();
        var staying = candidates.Where(one => one.Member.Stage != WorkerStage.Draining).OrderBy(one => one.Member.Key, StringComparer.Ordinal).ToList();
        var active = staying.Where(one => mode == OptimizerStateMode.Zero1 || IsUpToDate(one.Report, committedSteps, plan.ElementCount)).ToList();
        if (active.Count == 0)
        {
            // Whoever has the state leaves: the others take it before that, not while steps go on.
            active = staying;
        }

        var passive = staying.Except(active);
        return new ViewPlan(
            Describe(version, committedSteps, plan.ShardCount, [.. active.Select(one => one.Member)], [.. passive.Select(one => one.Member)]),
            sources,
            isWhole);
    }

    /// <summary>Plans a view whose workers all load a checkpoint, or begin anew.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="plan">What all workers agree on.</param>
    /// <param name="committedSteps">Committed steps of the checkpoint.</param>
    /// <param name="members">Workers; draining ones are left out.</param>
    internal static ViewPlan FromCheckpoint(long version, PlanFacts plan, int committedSteps, IEnumerable<RosterMember> members)
    {
        List<RosterMember> staying = [.. members.Where(member => member.Stage != WorkerStage.Draining).OrderBy(member => member.Key, StringComparer.Ordinal)];
        return new ViewPlan(Describe(version, committedSteps, plan.ShardCount, staying, []), [], IsStateWhole: true);
    }

    /// <summary>Whether a worker has the whole state of a step, as far as the replicated mode asks.</summary>
    internal static bool IsUpToDate(HaltReport report, int committedSteps, long elementCount) =>
        report.CommittedSteps == committedSteps
        && (committedSteps == 0
            || (IsWhole(report.Weights, elementCount) && IsWhole(report.Moments, elementCount)));

    private static bool IsWhole(IEnumerable<RangeMessage> ranges, long elementCount) =>
        RangeSet.Of(ranges.Select(range => range.ToRange())).Contains(new ElementRange(0, elementCount));

    private static ViewMessage Describe(
        long version, int firstStep, int shardCount, List<RosterMember> active, List<RosterMember> passive)
    {
        var seats = new List<WorkerSeat>();
        for (var seat = 0; seat < active.Count; seat++)
        {
            var shards = ShardPlan.Range(shardCount, active.Count, seat);
            seats.Add(new WorkerSeat(active[seat].Key, active[seat].Silo, shards.First, shards.Count));
        }

        seats.AddRange(passive.Select(member => new WorkerSeat(member.Key, member.Silo, 0, 0, IsPassive: true)));
        return new ViewMessage(version, firstStep, [.. seats]);
    }
}
