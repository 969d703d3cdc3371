using NSft.Client.Ledgers;
using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Training;
using NSft.Training.Plans;

namespace NSft.Client.Tests.Ledgers;

public sealed class RunLedgerTests
{
    private const int Samples = 10;
    private const int Shards = 4;

    // Ten samples in batches of four: three steps an epoch, two epochs.
    private readonly TrainingPlan _plan = new(
        [.. Enumerable.Range(0, Samples).Select(index => new SampleShape(new ConversationShape(8 + index, 4), default))],
        new PlanSettings(ObjectiveKind.Sft, 4, Shards, 1, null, 2));

    [Fact]
    public void Read_ViewsOfSeveralWorkers_HoldEverySampleOncePerEpoch()
    {
        ViewMessage[] views = [View(1, 0, 1), View(2, 2, 3), View(3, 4, 2)];
        LedgerStep[] ledger = [.. RunLedger.Read(views, _plan, _plan.TotalSteps)];
        Assert.Equal([1, 1, 2, 2, 3, 3], ledger.Select(step => step.View));
        Assert.Equal([1, 1, 3, 3, 2, 2], ledger.Select(step => step.Parts.Count));
        LedgerCheck check = LedgerCheck.Of(ledger, _plan, _plan.TotalSteps);
        Assert.Empty(check.Problems);
        Assert.Equal((6, 2, 20L), (check.Steps, check.WholeEpochs, check.Samples));
    }

    [Fact]
    public void Read_RunThatWentBack_CountsOnlyTheLaterView()
    {
        ViewMessage[] views = [View(1, 0, 1), View(2, 4, 2), View(3, 1, 3)];
        Assert.Equal([1, 3, 3, 3, 3, 3], RunLedger.Read(views, _plan, 6).Select(step => step.View));
    }

    [Fact]
    public void Read_PassiveSeat_HasNoPart()
    {
        ViewMessage view = View(1, 0, 2);
        ViewMessage joined = view with { Seats = [.. view.Seats, new WorkerSeat("run/worker-0009", "", Shards, 0, IsPassive: true)] };
        Assert.All(RunLedger.Read([joined], _plan, 3), step => Assert.Equal(2, step.Parts.Count));
    }

    [Fact]
    public void Of_ShardComputedTwice_IsAProblem()
    {
        ViewMessage view = View(1, 0, 2);
        view.Seats[1] = view.Seats[1] with { FirstShard = view.Seats[1].FirstShard - 1, ShardCount = view.Seats[1].ShardCount + 1 };
        LedgerCheck check = LedgerCheck.Of(RunLedger.Read([view], _plan, 3), _plan, 3);
        Assert.Contains(check.Problems, problem => problem.Contains("computed 2 times", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_ShardLeftOut_IsAProblem()
    {
        ViewMessage view = View(1, 0, 2);
        view.Seats[1] = view.Seats[1] with { ShardCount = view.Seats[1].ShardCount - 1 };
        Assert.Contains(
            LedgerCheck.Of(RunLedger.Read([view], _plan, 3), _plan, 3).Problems, problem => problem.Contains("computed 0 times", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_StepMissing_IsAProblem()
    {
        IEnumerable<LedgerStep> ledger = RunLedger.Read([View(1, 0, 1)], _plan, 6).Where(step => step.Step != 2);
        Assert.NotEmpty(LedgerCheck.Of(ledger, _plan, 6).Problems);
    }

    [Fact]
    public void Of_UnfinishedEpoch_IsNoProblem()
    {
        LedgerCheck check = LedgerCheck.Of(RunLedger.Read([View(1, 0, 1)], _plan, 4), _plan, 4);
        Assert.Empty(check.Problems);
        Assert.Equal(1, check.WholeEpochs);
    }

    private static ViewMessage View(long version, int firstStep, int workers) => new(version, firstStep, [.. Enumerable.Range(0, workers).Select(worker =>
    {
        ShardRange range = ShardPlan.Range(Shards, workers, worker);
        return new WorkerSeat($"run/worker-{worker:D4}", "127.0.0.1:1@1", range.First, range.Count);
    })]);
}
