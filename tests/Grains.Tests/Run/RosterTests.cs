using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

public sealed class RosterTests
{
    [Fact]
    public void Add_AfterARemoval_UsesAnotherKey()
    {
        var roster = new Roster("run");
        var first = roster.Add(new DeviceGrant("a", 0));
        roster.Remove(first.Key);

        Assert.NotEqual(first.Key, roster.Add(new DeviceGrant("a", 0)).Key);
    }

    [Fact]
    public void Count_FollowsEveryChange()
    {
        var roster = new Roster("run");
        var (first, second) = (roster.Add(new DeviceGrant("a", 0)), roster.Add(new DeviceGrant("b", 0)));
        roster.Move(first.Key, WorkerStage.Ready);
        roster.Drain(second.Key);
        roster.Drain(second.Key);

        Assert.Equal((0, 1, 1), (roster.Count(WorkerStage.Opening), roster.Count(WorkerStage.Ready), roster.Count(WorkerStage.Draining)));
        Assert.Equal(1, roster.StayingCount);
        roster.Remove(second.Key);
        roster.Remove(second.Key);
        Assert.Equal(0, roster.Count(WorkerStage.Draining));
    }

    [Fact]
    public void Move_ADrainingWorker_StaysDraining()
    {
        var roster = new Roster("run");
        var member = roster.Add(new DeviceGrant("a", 0));
        roster.Drain(member.Key);

        roster.Move(member.Key, WorkerStage.Active);

        Assert.Equal(WorkerStage.Draining, roster.Find(member.Key)!.Stage);
    }

    [Fact]
    public void Move_OutOfJoining_ForgetsThatItWasSynced()
    {
        var roster = new Roster("run");
        var member = roster.Add(new DeviceGrant("a", 0));
        roster.Set(member with { Stage = WorkerStage.Joining, IsSynced = true });

        roster.Move(member.Key, WorkerStage.Active);
        roster.Move(member.Key, WorkerStage.Joining);

        Assert.False(roster.Find(member.Key)!.IsSynced);
    }

    [Fact]
    public void Restore_TakesUpKeysStagesAndTheNextIndex()
    {
        var before = new Roster("run");
        before.Add(new DeviceGrant("a", 0));
        before.Move(before.Add(new DeviceGrant("b", 1)).Key, WorkerStage.Active);
        before.Drain(before.Add(new DeviceGrant("c", 2)).Key);
        var roster = new Roster("run");

        roster.Restore(before.Describe(), before.NextIndex);

        Assert.Equal([WorkerStage.Opening, WorkerStage.Ready, WorkerStage.Draining], roster.All.Select(member => member.Stage));
        Assert.Equal("c", Assert.Single(roster.OnSilo("c")).Silo);
        Assert.Equal(MachineScript.Key(3), roster.Add(new DeviceGrant("d", 0)).Key);
    }
}
