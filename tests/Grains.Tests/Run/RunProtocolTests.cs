using NSft.Collectives;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Run;

/// <summary>The step protocol on real silos, with scripted sessions in place of tensors.</summary>
public sealed class RunProtocolTests
{
    private const int MeasuringPass = 1;

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(2, 5)]
    public async Task Train_AnyNumberOfWorkers_GivesTheSameWeights(int silos, int workers)
    {
        await using var alone = await ScriptedCluster.StartAsync(1);
        await using var many = await ScriptedCluster.StartAsync(silos);

        var expected = await alone.TrainAsync(1);
        var found = await many.TrainAsync(workers);

        Assert.Equal(expected.WeightsHash, found.WeightsHash);
        Assert.Equal(expected.Steps.Select(step => (step.Loss, step.GradNorm, step.Tokens)), found.Steps.Select(step => (step.Loss, step.GradNorm, step.Tokens)));
        Assert.Equal(["model.txt", "steps.jsonl"], Directory.EnumerateFiles(many.OutputDirectory).Select(Path.GetFileName).Order());
        Assert.Equal(MeasuringPass, found.RedoneSteps);
    }

    [Fact]
    public async Task Train_AsManySilosAsWorkers_PutsEachWorkerOnItsOwn()
    {
        await using var cluster = await ScriptedCluster.StartAsync(3);

        var outcome = await cluster.TrainAsync(3);

        Assert.Equal(3, outcome.View.Seats.Select(seat => seat.Silo).Distinct().Count());
    }

    [Fact]
    public async Task Train_MoreWorkersThanShards_SeatsWorkersWithoutShards()
    {
        await using var cluster = await ScriptedCluster.StartAsync(2);

        var outcome = await cluster.TrainAsync(5);

        Assert.Contains(outcome.View.Seats, seat => seat.ShardCount == 0);
        Assert.Equal(3, outcome.View.Seats.Sum(seat => seat.ShardCount));
    }

    [Fact]
    public async Task Train_GradientOutgrowsItsExponents_RedoesTheStepForAnyNumberOfWorkers()
    {
        await using var alone = await ScriptedCluster.StartAsync(1, new FaultPlan().Spike(2));
        await using var three = await ScriptedCluster.StartAsync(3, new FaultPlan().Spike(2));

        var expected = await alone.TrainAsync(1);
        var found = await three.TrainAsync(3);

        Assert.Equal(expected.WeightsHash, found.WeightsHash);
        Assert.Equal(MeasuringPass + 1, found.RedoneSteps);
    }

    [Fact]
    public async Task Train_OneNoVote_DiscardsAndRedoesWithTheSameResult()
    {
        await using var calm = await ScriptedCluster.StartAsync(2);
        await using var troubled = await ScriptedCluster.StartAsync(2, new FaultPlan().VoteNo(worker: 1, step: 1, times: 1));

        var expected = await calm.TrainAsync(2);
        var found = await troubled.TrainAsync(2);

        Assert.Equal(expected.WeightsHash, found.WeightsHash);
        Assert.Equal(MeasuringPass + 1, found.RedoneSteps);
    }

    [Fact]
    public async Task Train_NoVoteEveryTime_FailsWithTheReason()
    {
        await using var cluster = await ScriptedCluster.StartAsync(2, new FaultPlan().VoteNo(worker: 1, step: 1, times: 100));

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => cluster.TrainAsync(2));

        Assert.Equal(FailureKind.NoAgreement, failure.Kind);
        Assert.Contains("not finite", failure.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Results());
    }

    [Fact]
    public async Task Train_WorkerThrowsOnce_IsReplacedWithTheSameResult()
    {
        await using var calm = await ScriptedCluster.StartAsync(2);
        await using var troubled = await ScriptedCluster.StartAsync(2, new FaultPlan().ThrowInPrepare(worker: 1, step: 2));

        Assert.Equal((await calm.TrainAsync(2)).WeightsHash, (await troubled.TrainAsync(2)).WeightsHash);
    }

    [Fact]
    public async Task Train_WorkersThrowEveryTime_FailsWithTheReasonAndLeavesNothing()
    {
        var faults = Enumerable.Range(0, 20).Aggregate(new FaultPlan(), (plan, worker) => plan.ThrowInPrepare(worker, step: 2, times: 100));
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => cluster.TrainAsync(2));

        Assert.Equal(FailureKind.Worker, failure.Kind);
        Assert.Contains("the script says so", failure.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Results());
    }

    [Fact]
    public async Task Train_WeightsDifferAtTheEnd_FailsAsDivergence()
    {
        await using var cluster = await ScriptedCluster.StartAsync(2, new FaultPlan().Diverge(worker: 1, step: 1));

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => cluster.TrainAsync(2));

        Assert.Equal(FailureKind.Divergence, failure.Kind);
    }

    [Fact]
    public async Task Train_ModelCannotBeOpened_IsTheUsersInput()
    {
        await using var cluster = await ScriptedCluster.StartAsync(2, new FaultPlan().RefuseToOpen(worker: 1));

        var failure = await Assert.ThrowsAsync<UserInputException>(() => cluster.TrainAsync(2));

        Assert.Equal("model/config.json: the script says so", failure.Message);
        Assert.Empty(cluster.Results());
    }

    [Fact]
    public async Task Train_CancelledInAStep_EndsAndLeavesNothing()
    {
        var faults = new FaultPlan().HoldAt(2);
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var training = cluster.TrainUntilAsync(2, cancellation.Token);
        await faults.ReachedAsync(0, 2);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
        Assert.Empty(cluster.Results());
    }

    [Fact]
    public async Task Train_TwoRunsAtOnce_DoNotMix()
    {
        await using var cluster = await ScriptedCluster.StartAsync(2);

        var outcomes = await Task.WhenAll(cluster.TrainAsync(2), cluster.TrainAsync(2, output: "other"));

        Assert.Equal(outcomes[0].WeightsHash, outcomes[1].WeightsHash);
        Assert.Equal(["other", "out"], cluster.Results());
    }

    [Fact]
    public async Task Train_Steps_AreReportedInOrderAndLogged()
    {
        await using var cluster = await ScriptedCluster.StartAsync(1);
        var reported = new ProgressList<RunProgress>();

        var outcome = await cluster.TrainAsync(1, reported);

        Assert.Equal(outcome.Steps, reported.Items.Where(item => item.Step is not null).Select(item => item.Step!));
        Assert.Equal(outcome.Steps.Select(step => step.ToJson()), await File.ReadAllLinesAsync(Path.Combine(cluster.OutputDirectory, "steps.jsonl"), TestContext.Current.CancellationToken));
        Assert.Equal(RunPhase.Completed, reported.Items[^1].Phase);
    }
}
