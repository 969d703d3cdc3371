using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;

namespace NSft.Grains.Tests.Run;

public sealed class RunStateMachineTests
{
    private const int Shards = 3;

    private static readonly Failure WorkerFailure = new(FailureKind.Worker, "it broke");

    [Fact]
    public void Start_TwoWorkers_OpensThemInKeyOrder()
    {
        var machine = new RunStateMachine("run", 4);

        var decision = machine.Start(["b", "a"]);

        Assert.IsType<RunDecision.Open>(decision);
        Assert.Equal(["a", "b"], machine.Workers);
        Assert.Equal(RunPhase.Opening, machine.Phase);
    }

    [Fact]
    public void OnOpened_EqualPlans_SeatsContiguousShards()
    {
        var machine = Started(2);

        var seat = Assert.IsType<RunDecision.Seat>(machine.OnOpened([Opened("s1"), Opened("s2")]));

        Assert.Equal(1, seat.View.Version);
        Assert.Equal(new WorkerSeat("w0", "s1", 0, 1), seat.View.Seats[0]);
        Assert.Equal(new WorkerSeat("w1", "s2", 1, 2), seat.View.Seats[1]);
    }

    [Fact]
    public void OnOpened_DifferentPlans_FailsAsDivergence()
    {
        var machine = Started(2);

        var decision = machine.OnOpened([Opened("s1"), Opened("s2") with { PlanHash = "other" }]);

        Assert.IsType<RunDecision.Close>(decision);
        Assert.Equal(FailureKind.Divergence, machine.Failure!.Kind);
    }

    [Fact]
    public void OnOpened_UserInputFailure_FailsWithItsMessage()
    {
        var machine = Started(2);

        machine.OnOpened([Opened("s1"), OpenReport.Failed(new Failure(FailureKind.UserInput, "rows.json: row 3: no image"))]);

        Assert.Equal(RunPhase.Failed, machine.Phase);
        Assert.Equal("rows.json: row 3: no image", machine.Failure!.Message);
    }

    [Fact]
    public void OnPrepared_AllSummed_Reduces()
    {
        var (machine, prepare) = Running(2);

        Assert.Equal(new StepTicket("run", 1, 0, 0), prepare.Ticket);
        Assert.Equal(new RunDecision.Reduce(prepare.Ticket), machine.OnPrepared(Prepared(machine, prepare)));
    }

    [Fact]
    public void OnPrepared_NoExponentsYet_RedoesWithExponentsOfMergedMaxima()
    {
        var (machine, prepare) = Running(2);
        var reports = Prepared(machine, prepare);

        var redo = Assert.IsType<RunDecision.Prepare>(machine.OnPrepared(
            [reports[0] with { IsSummed = false, SliceMaxima = [1f, 8f] }, reports[1] with { IsSummed = false, SliceMaxima = [4f, 2f] }]));
        var (other, same) = Running(1);
        var alone = Assert.IsType<RunDecision.Prepare>(other.OnPrepared(
            [Prepared(other, same)[0] with { IsSummed = false, SliceMaxima = [4f, 8f] }]));

        Assert.Equal(1, redo.Ticket.Attempt);
        Assert.Equal(alone.Exponents, redo.Exponents);
        Assert.Equal(1, machine.RedoneSteps);
    }

    [Fact]
    public void OnPrepared_OneShardOverflowed_AllRedo()
    {
        var (machine, prepare) = Running(2);
        var reports = Prepared(machine, prepare);

        var decision = machine.OnPrepared([reports[0], reports[1] with { IsSummed = false }]);

        Assert.NotNull(Assert.IsType<RunDecision.Prepare>(decision).Exponents);
    }

    [Fact]
    public void OnPrepared_InfiniteGradient_FailsWithStep()
    {
        var (machine, prepare) = Running(1);

        var decision = machine.OnPrepared([Prepared(machine, prepare)[0] with { SliceMaxima = [1f, float.PositiveInfinity] }]);

        Assert.IsType<RunDecision.Close>(decision);
        Assert.Contains("step 0", machine.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnPrepared_MissingShard_Fails()
    {
        var (machine, prepare) = Running(2);
        var reports = Prepared(machine, prepare);

        machine.OnPrepared([reports[0], reports[1] with { Shards = [reports[1].Shards[0]] }]);

        Assert.Equal(RunPhase.Failed, machine.Phase);
    }

    [Fact]
    public void OnReduced_UnanimousYes_CommitsTotalsInShardOrder()
    {
        var (machine, prepare) = Running(2);
        machine.OnPrepared(Prepared(machine, prepare));

        var commit = Assert.IsType<RunDecision.Commit>(machine.OnReduced([Yes(prepare.Ticket), Yes(prepare.Ticket)]));

        Assert.Equal([0.1 + 0.2 + 0.3], commit.Sums);
        Assert.Equal([30L], commit.Counts);
    }

    [Fact]
    public void OnReduced_OneNo_DiscardsThenPreparesTheNextTry()
    {
        var (machine, prepare) = Running(2);
        machine.OnPrepared(Prepared(machine, prepare));

        var discard = machine.OnReduced([Yes(prepare.Ticket), Yes(prepare.Ticket) with { Reason = "a chunk is missing" }]);
        var again = machine.OnDiscarded([null, null]);

        Assert.Equal(new RunDecision.Discard(prepare.Ticket), discard);
        Assert.Equal(prepare.Ticket with { Attempt = 1 }, Assert.IsType<RunDecision.Prepare>(again).Ticket);
        Assert.Equal(0, machine.CommittedSteps);
    }

    [Fact]
    public void OnReduced_NoAfterMeasuredExponents_KeepsThem()
    {
        var (machine, prepare) = Running(1);
        var redo = (RunDecision.Prepare)machine.OnPrepared([Prepared(machine, prepare)[0] with { IsSummed = false }]);
        machine.OnPrepared(Prepared(machine, redo));

        machine.OnReduced([Yes(redo.Ticket) with { Reason = "no" }]);
        var again = Assert.IsType<RunDecision.Prepare>(machine.OnDiscarded([null]));

        Assert.Equal(redo.Exponents, again.Exponents);
    }

    [Fact]
    public void OnReduced_NoInEveryTry_FailsWithReasonAndVoter()
    {
        var (machine, prepare) = Running(1, attemptLimit: 2);
        RunDecision decision = prepare;
        while (decision is RunDecision.Prepare next)
        {
            machine.OnPrepared(Prepared(machine, next));
            decision = machine.OnReduced([Yes(next.Ticket) with { Reason = "not finite" }]);
            decision = decision is RunDecision.Discard ? machine.OnDiscarded([null]) : decision;
        }

        Assert.IsType<RunDecision.Close>(decision);
        Assert.Equal(FailureKind.NoAgreement, machine.Failure!.Kind);
        Assert.Contains("tried 2 times: w0 voted no: not finite", machine.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnReduced_PartsOfOwners_AreMergedIntoNormAndExponents()
    {
        var (machine, prepare) = Running(2);
        machine.OnPrepared(Prepared(machine, prepare));

        var commit = Assert.IsType<RunDecision.Commit>(machine.OnReduced(
            [Yes(prepare.Ticket) with { BlockSums = [4, 3], SliceMaxima = [0.5f, 0] }, Yes(prepare.Ticket) with { BlockSums = [9], SliceMaxima = [0.25f, 2] }]));

        Assert.Equal(4, commit.Norm);
        Assert.Equal(ReduceMerge.NextExponents(24, [[0.5f, 2]]), commit.NextExponents);
    }

    [Fact]
    public void OnCommitted_LastStep_ExportsThenCompletes()
    {
        var (machine, prepare) = Running(2);
        RunDecision decision = prepare;
        while (decision is RunDecision.Prepare next)
        {
            decision = CommitStep(machine, next);
        }

        Assert.IsType<RunDecision.Export>(decision);
        Assert.IsType<RunDecision.Close>(machine.OnExported([new ExportReport("hash"), new ExportReport("hash")]));
        Assert.Equal(RunPhase.Completed, machine.Phase);
        Assert.Equal("hash", machine.WeightsHash);
        Assert.Equal(2, machine.CommittedSteps);
    }

    [Fact]
    public void OnCommitted_Step_IsRecordedWithNormAndTries()
    {
        var (machine, prepare) = Running(1);
        var redo = (RunDecision.Prepare)machine.OnPrepared([Prepared(machine, prepare)[0] with { IsSummed = false }]);

        CommitStep(machine, redo);

        Assert.Equal(new StepMessage(0, 0.5, 2.0, 1e-4, 30, [], 1, 2), machine.LastCommitted! with { Metrics = machine.LastCommitted!.Metrics });
    }

    [Fact]
    public void OnExported_HashesDiffer_FailsAsDivergence()
    {
        var (machine, prepare) = Running(2);
        RunDecision decision = prepare;
        while (decision is RunDecision.Prepare next)
        {
            decision = CommitStep(machine, next);
        }

        machine.OnExported([new ExportReport("one"), new ExportReport("two")]);

        Assert.Equal(RunPhase.Failed, machine.Phase);
        Assert.Equal(FailureKind.Divergence, machine.Failure!.Kind);
    }

    [Fact]
    public void OnPrepared_WorkerFailed_FailsOnceAndCloses()
    {
        var (machine, prepare) = Running(2);
        var reports = Prepared(machine, prepare);

        var decision = machine.OnPrepared([reports[0], PreparedReport.Failed(prepare.Ticket, WorkerFailure)]);

        Assert.IsType<RunDecision.Close>(decision);
        Assert.Equal(WorkerFailure, machine.Failure);
    }

    [Fact]
    public void Cancel_WhileReducing_EndsAtTheNextReport()
    {
        var (machine, prepare) = Running(2);
        machine.OnPrepared(Prepared(machine, prepare));

        machine.Cancel();
        var decision = machine.OnReduced([Yes(prepare.Ticket) with { Failure = WorkerFailure }, Yes(prepare.Ticket)]);

        Assert.IsType<RunDecision.Close>(decision);
        Assert.Equal(RunPhase.Cancelled, machine.Phase);
        Assert.Null(machine.Failure);
    }

    private static RunStateMachine Started(int workers, int attemptLimit = 4)
    {
        var machine = new RunStateMachine("run", attemptLimit);
        machine.Start(Enumerable.Range(0, workers).Select(worker => $"w{worker}"));
        return machine;
    }

    private static (RunStateMachine Machine, RunDecision.Prepare Prepare) Running(int workers, int attemptLimit = 4)
    {
        var machine = Started(workers, attemptLimit);
        machine.OnOpened([.. Enumerable.Range(0, workers).Select(worker => Opened($"s{worker}"))]);
        return (machine, (RunDecision.Prepare)machine.OnSeated(new Failure?[workers]));
    }

    private static RunDecision CommitStep(RunStateMachine machine, RunDecision.Prepare prepare)
    {
        machine.OnPrepared(Prepared(machine, prepare));
        machine.OnReduced([.. machine.Workers.Select(_ => Yes(prepare.Ticket))]);
        return machine.OnCommitted([.. machine.Workers.Select(_ => new CommitReport(prepare.Ticket, 0.5, 1e-4, 30, NoMetrics))]);
    }

    private static readonly MetricMessage[] NoMetrics = [];

    private static PreparedReport[] Prepared(RunStateMachine machine, RunDecision.Prepare prepare) =>
    [
        .. machine.View!.Seats.Select(seat => new PreparedReport(
            prepare.Ticket,
            "plan",
            [.. Enumerable.Range(seat.FirstShard, seat.ShardCount).Select(shard => new ShardMessage(shard, [(shard + 1) / 10.0], [10]))],
            [1f, 1f],
            IsSummed: true)),
    ];

    private static OpenReport Opened(string silo) => new(null, silo, 2, Shards, 24, "plan", 1000);

    private static VoteReport Yes(StepTicket ticket) => new(ticket, null, [4.0], [1f, 1f], 0);
}
