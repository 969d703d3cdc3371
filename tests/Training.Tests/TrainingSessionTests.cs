using NSft.Collectives;
using NSft.Model;
using NSft.Training.Samples;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

public class TrainingSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Dpo_FirstStep_HasTheLogarithmOfTwoAsLossAndNoRewards(int rank)
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options with { Objective = ObjectiveKind.Dpo, LoraRank = rank });

        StepRecord first = LocalTrainer.RunStep(session, Cancellation);

        Assert.Equal(Math.Log(2), first.Loss, 1e-7);
        Assert.Equal(0, first.Metrics["rewardMargin"]);
        Assert.True(first.GradNorm > 0);
    }

    [Theory]
    [InlineData(ObjectiveKind.Sft, 0, ComputePrecision.Float32)]
    [InlineData(ObjectiveKind.Nsft, 0, ComputePrecision.Float32)]
    [InlineData(ObjectiveKind.Dpo, 0, ComputePrecision.Float32)]
    [InlineData(ObjectiveKind.Nsft, 4, ComputePrecision.Float32)]
    [InlineData(ObjectiveKind.Dpo, 4, ComputePrecision.Float32)]
    [InlineData(ObjectiveKind.Dpo, 0, ComputePrecision.BFloat16)]
    [InlineData(ObjectiveKind.Dpo, 4, ComputePrecision.BFloat16)]
    public void Run_TwelveSteps_LowersTheLoss(ObjectiveKind objective, int rank, ComputePrecision dtype)
    {
        TrainingOptions options = TinyRun.Options with { Objective = objective, LoraRank = rank, Dtype = dtype };
        using TrainingSession session = TinyRun.Open(options);

        IReadOnlyList<StepRecord> records = LocalTrainer.Run(session, null, Cancellation);

        Assert.Equal(12, session.NextStep);
        Assert.InRange(records[^1].Loss, 0, 0.9 * records[0].Loss);
    }

    [Fact]
    public void Run_BFloat16_StaysNearFloat32()
    {
        using TrainingSession single = TinyRun.Open(TinyRun.Options);
        using TrainingSession brain = TinyRun.Open(TinyRun.Options with { Dtype = ComputePrecision.BFloat16 });

        IReadOnlyList<StepRecord> expected = LocalTrainer.Run(single, null, Cancellation);
        IReadOnlyList<StepRecord> records = LocalTrainer.Run(brain, null, Cancellation);

        Assert.All(expected.Zip(records), pair => Assert.Equal(1, pair.Second.Loss / pair.First.Loss, 0.05));
        Assert.NotEqual(expected[0].Loss, records[0].Loss);
    }

    [Fact]
    public void Nsft_WeightsZero_ReduceToOneTerm()
    {
        TrainingOptions options = TinyRun.Options with { Objective = ObjectiveKind.Nsft, Steps = 3 };
        using TrainingSession sft = TinyRun.Open(options with { Objective = ObjectiveKind.Sft });
        using TrainingSession chosen = TinyRun.Open(options with { NegativeWeight = 0 });
        using TrainingSession negative = TinyRun.Open(options with { ChosenWeight = 0 });

        LocalTrainer.Run(sft, null, Cancellation);
        LocalTrainer.Run(chosen, null, Cancellation);
        IReadOnlyList<StepRecord> records = LocalTrainer.Run(negative, null, Cancellation);

        Assert.Equal(sft.WeightsHash(), chosen.WeightsHash());
        Assert.NotEqual(sft.WeightsHash(), negative.WeightsHash());
        Assert.All(records, record => Assert.Equal(record.Metrics["negativeLoss"], record.Loss));
    }

    [Fact]
    public void Nsft_BothTerms_AreTheSumOfTheirGradientsAndLosses()
    {
        TrainingOptions options = TinyRun.Options with { Objective = ObjectiveKind.Nsft, Steps = 1 };
        using TrainingSession both = TinyRun.Open(options);
        using TrainingSession chosen = TinyRun.Open(options with { NegativeWeight = 0 });
        using TrainingSession negative = TinyRun.Open(options with { ChosenWeight = 0 });

        StepRecord sum = LocalTrainer.RunStep(both, Cancellation);

        Assert.Equal(LocalTrainer.RunStep(chosen, Cancellation).Loss + LocalTrainer.RunStep(negative, Cancellation).Loss, sum.Loss, 1e-9);
        Assert.Equal(2 * TinyRun.Data.Samples.Sum(sample => sample.Chosen.LabelCount), sum.Tokens);
    }

    [Fact]
    public void Prepare_StaleExponents_AsksForARedoThatGivesTheSameStep()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);
        using TrainingSession expected = TinyRun.Open(TinyRun.Options);
        int slices = session.Facts.Layout.Slices.Count;
        int[] tooLarge = [.. Enumerable.Repeat(60, slices)];

        PrepareReport report = session.Prepare(0, new ShardRange(0, 3), tooLarge, null, Cancellation);
        StepDecision decision = StepPolicy.Decide(0, 3, session.Facts.DataBits, [report]);

        Assert.False(report.IsSummed);
        Assert.Throws<InvalidOperationException>(() => session.Reduce(session.Facts.Layout.Whole));
        Assert.Equal(StepAction.Redo, decision.Action);
        Assert.True(session.Prepare(0, new ShardRange(0, 3), decision.Exponents, null, Cancellation).IsSummed);
        double norm = ReduceMerge.Norm([session.Reduce(session.Facts.Layout.Whole).BlockSums]);
        Assert.Equal(LocalTrainer.RunStep(expected, Cancellation).GradNorm, norm);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WeightDecay_NormsExcluded_LeavesOneDimensionalTensorsAlone(bool isExcluded)
    {
        TrainingOptions options = TinyRun.Options with { WarmupSteps = 0, WeightDecay = 0.5, ExcludeNormsFromDecay = isExcluded };
        using TrainingSession plain = TinyRun.Open(options with { WeightDecay = 0 });
        using TrainingSession decayed = TinyRun.Open(options);
        LocalTrainer.RunStep(plain, Cancellation);
        LocalTrainer.RunStep(decayed, Cancellation);

        TrainableParameters parameters = decayed.Parts.Parameters;
        foreach (GradientSlice slice in parameters.Layout.Slices)
        {
            bool isSame = parameters.Weights.Window(slice).SequenceEqual(plain.Parts.Parameters.Weights.Window(slice));
            Assert.Equal(isExcluded && !parameters.IsMatrix[slice.Tensor], isSame);
        }
    }

    [Fact]
    public void Gradients_BackwardPass_ArriveInTheFlatVector()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);
        SessionParts parts = session.Parts;

        parts.Runner.Run(parts.Plan.At(0).Shards[0], [10]);
        float[] once = parts.Parameters.Gradients.Window(0, (int)session.Facts.Layout.Length).ToArray();
        parts.Runner.Run(parts.Plan.At(0).Shards[0], [10]);
        float[] twice = parts.Parameters.Gradients.Window(0, (int)session.Facts.Layout.Length).ToArray();

        Assert.Contains(once, value => value != 0);
        Assert.Equal([.. once.Select(value => 2 * value)], twice);
    }

    [Fact]
    public void Steps_OutOfOrder_Throw()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);

        Assert.Throws<InvalidOperationException>(() => session.Prepare(1, new ShardRange(0, 3), null, null, Cancellation));
        Assert.Throws<InvalidOperationException>(() => session.Commit(new StepCommit([0], [0], 1, null)));
        Assert.Throws<ArgumentException>(() => session.Prepare(0, new ShardRange(0, 3), [1, 2], null, Cancellation));
    }

    [Theory]
    [InlineData(ObjectiveKind.Nsft, 0)]
    [InlineData(ObjectiveKind.Dpo, 0)]
    [InlineData(ObjectiveKind.Dpo, 4)]
    public void Run_ManySteps_KeepsNoTensors(ObjectiveKind objective, int rank)
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options with { Objective = objective, LoraRank = rank });
        LocalTrainer.RunStep(session, Cancellation);
        LocalTrainer.RunStep(session, Cancellation);
        long before = TensorMemory.LiveTensorCount;

        LocalTrainer.Run(session, null, Cancellation);

        Assert.Equal(before, TensorMemory.LiveTensorCount);
    }

    [Fact]
    public void Dispose_AfterTraining_FreesEveryTensor()
    {
        long before = TensorMemory.LiveTensorCount;

        using (TrainingSession session = TinyRun.Open(TinyRun.Options with { Objective = ObjectiveKind.Dpo }))
        {
            LocalTrainer.RunStep(session, Cancellation);
        }

        Assert.Equal(before, TensorMemory.LiveTensorCount);
    }

    [Fact]
    public void Facts_PlanHash_ChangesWithOptionsAndData()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options);
        using TrainingSession same = TinyRun.Open(TinyRun.Options);
        using TrainingSession other = TinyRun.Open(TinyRun.Options with { LearningRate = 1e-3 });
        using TrainingSession fewer = TinyRun.Open(TinyRun.Options, new TrainingData([.. TinyRun.Data.Samples.Take(2)], []));

        Assert.Equal(session.Facts.PlanHash, same.Facts.PlanHash);
        Assert.NotEqual(session.Facts.PlanHash, other.Facts.PlanHash);
        Assert.NotEqual(session.Facts.PlanHash, fewer.Facts.PlanHash);
    }

    [Fact]
    public void Run_NonFiniteGradient_StopsWithAReason()
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options with { LearningRate = 1e30, WarmupSteps = 0, Clip = 0 });

        UserInputException error = Assert.Throws<UserInputException>(() => LocalTrainer.Run(session, null, Cancellation));

        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
    }
}
