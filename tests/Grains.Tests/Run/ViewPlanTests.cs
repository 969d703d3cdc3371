using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

public sealed class ViewPlanTests
{
    private static readonly PlanFacts Facts = PlanFacts.Of(MachineScript.Opened("silo"));
    private static readonly RangeMessage[] FirstHalf = [new(0, 50)];
    private static readonly RangeMessage[] SecondHalf = [new(50, 50)];

    [Fact]
    public void Make_AllUpToDate_SeatsThemByKeyAndCoversEachShardOnce()
    {
        var plan = Make(OptimizerStateMode.Replicated, 2, (Member(2), Holding(2)), (Member(0), Holding(2)), (Member(1), Holding(2)));

        Assert.Equal(["0", "1", "2"], plan.View.Seats.Select(seat => seat.Key));
        Assert.Equal([0, 1, 2, 3], plan.View.Seats.SelectMany(seat => Enumerable.Range(seat.FirstShard, seat.ShardCount)));
        Assert.True(plan.IsStateWhole);
        Assert.Equal(3, plan.Sources.Length);
    }

    [Fact]
    public void Make_ReplicatedAndOneBehind_IsPassiveAndLastAndNoSource()
    {
        var plan = Make(OptimizerStateMode.Replicated, 2, (Member(0), Holding(1)), (Member(1), Holding(2)));

        Assert.Equal([("1", false), ("0", true)], plan.View.Seats.Select(seat => (seat.Key, seat.IsPassive)));
        Assert.Equal(0, plan.View.Seats[1].ShardCount);
        Assert.Equal("1", Assert.Single(plan.Sources).Key);
    }

    [Fact]
    public void Make_Zero1AndOneBehind_IsActive()
    {
        var plan = Make(OptimizerStateMode.Zero1, 2, (Member(0), Holding(1)), (Member(1), Holding(2)));

        Assert.All(plan.View.Seats, seat => Assert.False(seat.IsPassive));
    }

    [Fact]
    public void Make_Drained_HasNoSeatButIsASource()
    {
        var plan = Make(OptimizerStateMode.Replicated, 2, (Member(0, WorkerStage.Draining), Holding(2)), (Member(1), Holding(2)));

        Assert.Equal("1", Assert.Single(plan.View.Seats).Key);
        Assert.Equal(["0", "1"], plan.Sources.Select(source => source.Key));
    }

    [Fact]
    public void Make_OnlyLeaversHaveTheState_ThoseWhoStayAreActive()
    {
        var plan = Make(OptimizerStateMode.Replicated, 2, (Member(0, WorkerStage.Draining), Holding(2)), (Member(1), Holding(0)));

        Assert.False(Assert.Single(plan.View.Seats).IsPassive);
    }

    [Fact]
    public void Make_HalvesOfTheMoments_AreWholeTogetherAndNotAlone()
    {
        var first = Holding(2) with { Moments = FirstHalf };
        var second = Holding(2) with { Moments = SecondHalf };

        Assert.True(Make(OptimizerStateMode.Zero1, 2, (Member(0), first), (Member(1), second)).IsStateWhole);
        Assert.False(Make(OptimizerStateMode.Zero1, 2, (Member(0), first), (Member(1), Holding(1))).IsStateWhole);
    }

    [Fact]
    public void Make_StaleWeightsSomewhere_CountsThoseThatAreCurrent()
    {
        var stale = Holding(2) with { Weights = FirstHalf };

        Assert.False(Make(OptimizerStateMode.Zero1, 2, (Member(0), stale)).IsStateWhole);
        Assert.False(ViewPlan.IsUpToDate(stale, 2, MachineScript.Elements));
    }

    [Fact]
    public void FromCheckpoint_AllButLeavers_AreActiveWithoutSources()
    {
        var plan = ViewPlan.FromCheckpoint(3, Facts, 1, [Member(1), Member(0), Member(2, WorkerStage.Draining)]);

        Assert.Equal(["0", "1"], plan.View.Seats.Select(seat => seat.Key));
        Assert.Equal((3L, 1), (plan.View.Version, plan.View.FirstStep));
        Assert.Empty(plan.Sources);
    }

    private static ViewPlan Make(OptimizerStateMode mode, int steps, params (RosterMember Member, HaltReport Report)[] candidates) =>
        ViewPlan.Make(7, Facts, mode, steps, candidates);

    private static RosterMember Member(int key, WorkerStage stage = WorkerStage.Active) => new($"{key}", "silo", 0, stage);

    private static HaltReport Holding(int steps) => MachineScript.Holding(7, steps);
}
