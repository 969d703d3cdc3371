using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

public class ElasticEqualityTests
{
    private const int Steps = 4;

    [Theory]
    [InlineData(ObjectiveKind.Sft, ReductionKind.Exact, ComputePrecision.Float32, OptimizerStateMode.Replicated)]
    [InlineData(ObjectiveKind.Nsft, ReductionKind.Exact, ComputePrecision.Float32, OptimizerStateMode.Replicated)]
    [InlineData(ObjectiveKind.Nsft, ReductionKind.Exact, ComputePrecision.Float32, OptimizerStateMode.Zero1)]
    [InlineData(ObjectiveKind.Dpo, ReductionKind.Exact, ComputePrecision.Float32, OptimizerStateMode.Replicated)]
    [InlineData(ObjectiveKind.Nsft, ReductionKind.Exact64, ComputePrecision.Float32, OptimizerStateMode.Replicated)]
    [InlineData(ObjectiveKind.Sft, ReductionKind.Exact64, ComputePrecision.Float32, OptimizerStateMode.Zero1)]
    [InlineData(ObjectiveKind.Nsft, ReductionKind.Exact, ComputePrecision.BFloat16, OptimizerStateMode.Replicated)]
    [InlineData(ObjectiveKind.Nsft, ReductionKind.Exact, ComputePrecision.BFloat16, OptimizerStateMode.Zero1)]
    public void Run_AnyNumberOfWorkers_GivesTheSameBits(
        ObjectiveKind objective, ReductionKind reduction, ComputePrecision dtype, OptimizerStateMode mode)
    {
        TrainingOptions options = TinyRun.Options with { Objective = objective, Reduction = reduction, Dtype = dtype, Steps = Steps, WarmupSteps = 0 };
        (string Hash, List<StepRecord> Records) single = RunLocally(options);

        foreach (int count in new[] { 1, 2, 3, 5 })
        {
            (string Hash, List<StepRecord> Records) several = RunTogether(options, count, mode);
            Assert.Equal(single.Hash, several.Hash);
            Assert.Equal(single.Records.Select(record => record.ToJson()), several.Records.Select(record => record.ToJson()));
        }
    }

    [Theory]
    [InlineData(ReductionKind.Fp32)]
    [InlineData(ReductionKind.Bf16)]
    public void Run_FloatReductions_KeepWorkersEqualToEachOther(ReductionKind reduction)
    {
        TrainingOptions options = TinyRun.Options with { Reduction = reduction, Steps = Steps };
        using var cluster = new HandCluster(OptimizerStateMode.Replicated, Enumerable.Range(0, 2).Select(_ => TinyRun.Open(options)));
        cluster.RunSteps(Steps);

        Assert.Equal(cluster.Workers[0].WeightsHash(), cluster.Workers[1].WeightsHash());
    }

    [Fact]
    public void Run_AbortedTries_LeaveNoTrace()
    {
        TrainingOptions options = TinyRun.Options with { Steps = Steps };
        string expected = RunLocally(options).Hash;
        using TrainingSession session = TinyRun.Open(options);
        LocalTrainer.RunStep(session, TestContext.Current.CancellationToken);

        session.Prepare(1, new ShardRange(0, 2), null, null, TestContext.Current.CancellationToken);
        session.Discard();
        session.Prepare(1, new ShardRange(1, 2), null, null, TestContext.Current.CancellationToken);
        session.Reduce(session.Facts.Layout.Whole);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => session.Prepare(1, new ShardRange(0, 3), null, null, cancelled.Token));
        LocalTrainer.Run(session, null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, session.WeightsHash());
    }

    [Fact]
    public void Run_OtherShardCount_AgreesWithinRounding()
    {
        TrainingOptions options = TinyRun.Options with { Objective = ObjectiveKind.Nsft, Steps = Steps };
        List<StepRecord> one = RunLocally(options with { ShardCount = 1 }).Records;
        List<StepRecord> three = RunLocally(options with { ShardCount = 3 }).Records;

        for (int i = 0; i < Steps; i++)
        {
            Assert.Equal(one[i].Loss, three[i].Loss, 1e-5);
            Assert.Equal(1, one[i].GradNorm / three[i].GradNorm, 1e-4);
        }
    }

    private static (string Hash, List<StepRecord> Records) RunLocally(TrainingOptions options)
    {
        using TrainingSession session = TinyRun.Open(options);
        List<StepRecord> records = [.. LocalTrainer.Run(session)];
        return (session.WeightsHash(), records);
    }

    private static (string Hash, List<StepRecord> Records) RunTogether(TrainingOptions options, int count, OptimizerStateMode mode)
    {
        using var cluster = new HandCluster(mode, Enumerable.Range(0, count).Select(_ => TinyRun.Open(options)));
        cluster.Seat([.. cluster.Workers]);
        List<StepRecord> records = [.. Enumerable.Range(0, Steps).Select(_ => cluster.RunStep())];
        string[] hashes = [.. cluster.Workers.Select(worker => worker.WeightsHash())];
        Assert.All(hashes, hash => Assert.Equal(hashes[0], hash));
        return (hashes[0], records);
    }
}
