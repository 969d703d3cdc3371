using NSft.Grains.Contracts.Messages;
using NSft.Grains.ShardWorker;

namespace NSft.Grains.Tests.Run;

public sealed class WorkerProtocolTests
{
    private static readonly StepTicket First = new("run", 1, 0, 0);

    [Fact]
    public void Halt_OlderVersion_IsSuperseded()
    {
        var protocol = Seated(2);

        Assert.Equal(Verdict.Superseded, protocol.Halt(1));
        Assert.Equal(2, protocol.Promised);
    }

    [Fact]
    public void Halt_SameVersion_IsRepeatedUntilSeated()
    {
        var protocol = new WorkerProtocol();
        protocol.Halt(1);

        Assert.Equal(Verdict.Repeated, protocol.Halt(1));
        protocol.Seat(1);
        Assert.Equal(Verdict.Stale, protocol.Halt(1));
    }

    [Fact]
    public void Seat_AnyButThePromisedVersion_IsRefused()
    {
        var protocol = new WorkerProtocol();
        protocol.Halt(2);

        Assert.Equal(Verdict.Superseded, protocol.Seat(1));
        Assert.Equal(Verdict.Stale, protocol.Seat(3));
        Assert.Equal(Verdict.Do, protocol.Seat(2));
        Assert.Equal(Verdict.Repeated, protocol.Seat(2));
    }

    [Fact]
    public void Sync_OnlyInTheViewThatTheWorkerIsSeatedIn()
    {
        var protocol = Seated(2);

        Assert.Equal(Verdict.Do, protocol.Sync(2));
        Assert.Equal(Verdict.Superseded, protocol.Sync(1));
        protocol.Halt(3);
        Assert.Equal(Verdict.Stale, protocol.Sync(3));
    }

    [Fact]
    public void Prepare_OlderTryOrOtherStep_IsStale()
    {
        var protocol = Seated(1);
        Assert.Equal(Verdict.Do, protocol.Prepare(First with { Attempt = 1 }));

        Assert.Equal(Verdict.Stale, protocol.Prepare(First));
        Assert.Equal(Verdict.Repeated, protocol.Prepare(First with { Attempt = 1 }));
        Assert.Equal(Verdict.Stale, protocol.Prepare(First with { Step = 1 }));
    }

    [Fact]
    public void Reduce_AskedTwice_IsDoneOnce()
    {
        var protocol = Seated(1);
        protocol.Prepare(First);

        Assert.Equal(Verdict.Do, protocol.Reduce(First));
        Assert.Equal(Verdict.Repeated, protocol.Reduce(First));
        protocol.Prepare(First with { Attempt = 1 });
        Assert.Equal(Verdict.Do, protocol.Reduce(First with { Attempt = 1 }));
    }

    [Fact]
    public void VoteYes_AfterAHalt_IsTooLate()
    {
        var protocol = Seated(1);
        protocol.Prepare(First);
        protocol.Halt(2);

        Assert.False(protocol.VoteYes(First));
        Assert.Null(protocol.Voted);
    }

    [Fact]
    public void Commit_WithoutAVote_IsStale()
    {
        var protocol = Seated(1);
        protocol.Prepare(First);

        Assert.Equal(Verdict.Stale, protocol.Commit(Commit(First, 1)));
        Assert.Equal(0, protocol.CommittedSteps);
    }

    [Fact]
    public void Commit_Repeated_AppliesOnce()
    {
        var protocol = Voted();

        Assert.Equal(Verdict.Do, protocol.Commit(Commit(First, 1)));
        Assert.Equal(Verdict.Repeated, protocol.Commit(Commit(First, 1)));
        Assert.Equal(1, protocol.CommittedSteps);
    }

    [Fact]
    public void Commit_AfterAHalt_CountsOnlyOnTheNewAuthority()
    {
        var protocol = Voted();
        protocol.Halt(2);

        Assert.Equal(First, protocol.Voted);
        Assert.Equal(Verdict.Superseded, protocol.Commit(Commit(First, 1)));
        Assert.Equal(Verdict.Do, protocol.Commit(Commit(First, 2)));
    }

    [Fact]
    public void Commit_AfterASeat_TheVoteIsVoid()
    {
        var protocol = Voted();
        protocol.Halt(2);
        protocol.Seat(2);

        Assert.Null(protocol.Voted);
        Assert.Equal(Verdict.Stale, protocol.Commit(Commit(First, 2)));
    }

    private static WorkerProtocol Seated(long version)
    {
        var protocol = new WorkerProtocol();
        protocol.Halt(version);
        protocol.Seat(version);
        return protocol;
    }

    private static WorkerProtocol Voted()
    {
        var protocol = Seated(1);
        protocol.Prepare(First);
        protocol.Reduce(First);
        protocol.VoteYes(First);
        return protocol;
    }

    private static CommitRequest Commit(StepTicket ticket, long authority) => new(ticket, [1], [1], 1, null, authority);
}
