using NSft.Training.Plans;

namespace NSft.Training.Tests;

public class TrainingPlanTests
{
    private static readonly SampleShape[] Samples =
        [.. Enumerable.Range(0, 21).Select(i => new SampleShape(
            new ConversationShape(80 + (i * 7 % 31), 5 + i), i % 4 == 0 ? default : new ConversationShape(150 + (i * 5 % 40), 20 + i)))];

    [Fact]
    public void At_OneEpoch_VisitsEverySampleOnce()
    {
        TrainingPlan plan = Plan(epochs: 2);

        Assert.Equal(3, plan.StepsPerEpoch);
        Assert.Equal(6, plan.TotalSteps);
        foreach (int epoch in new[] { 0, 1 })
        {
            int[] visited = [.. Enumerable.Range(epoch * 3, 3).SelectMany(step => plan.At(step).Shards).SelectMany(shard => shard.Samples)];
            Assert.Equal(Enumerable.Range(0, 21), visited.Order());
        }

        Assert.NotEqual(Ids(plan.At(0)), Ids(plan.At(3)));
    }

    [Fact]
    public void At_LastStepOfAnEpoch_TakesWhatIsLeft()
    {
        StepPlan last = Plan(epochs: 1).At(2);

        Assert.Equal(5, last.Shards.Sum(shard => shard.Samples.Count));
        Assert.Equal(4, last.Shards.Count);
    }

    [Fact]
    public void At_StepsGiven_StartsNewEpochs()
    {
        TrainingPlan plan = new(Samples, new PlanSettings(ObjectiveKind.Sft, 64, 4, 1, 12, 1));

        Assert.Equal(12, plan.TotalSteps);
        Assert.All(Enumerable.Range(0, 12), step => Assert.Equal(Enumerable.Range(0, 21), Ids(plan.At(step)).Order()));
    }

    [Fact]
    public void At_SameSeed_IsTheSameAndAnotherSeedIsNot()
    {
        Assert.Equal(Ids(Plan(epochs: 1).At(1)), Ids(Plan(epochs: 1).At(1)));
        Assert.NotEqual(Ids(Plan(epochs: 1).At(1)), Ids(Plan(epochs: 1, seed: 2).At(1)));
        Assert.NotEqual(Plan(epochs: 1).Hash, Plan(epochs: 1, seed: 2).Hash);
        Assert.Equal(Plan(epochs: 1).Hash, Plan(epochs: 1).Hash);
    }

    [Fact]
    public void At_Normalizers_AreTheTargetsOfTheWholeStep()
    {
        StepPlan step = Plan(epochs: 1).At(0);
        int[] ids = Ids(step);

        Assert.Equal([ids.Sum(i => (long)Samples[i].Chosen.Targets), ids.Sum(i => (long)Samples[i].Other.Targets)], step.Normalizers);
        Assert.Equal([8L], Plan(epochs: 1, objective: ObjectiveKind.Dpo).At(0).Normalizers);
    }

    [Fact]
    public void At_Passes_HoldEveryRowOnceInMultiplesOfEight()
    {
        foreach (ShardBatch shard in Plan(epochs: 1).At(0).Shards)
        {
            Assert.Equal(shard.Samples, shard.Passes[0].Samples);
            Assert.Equal(
                shard.Samples.Where(i => Samples[i].Other.Targets > 0).Order(),
                shard.Passes.Skip(1).SelectMany(pass => pass.Samples).Order());
            Assert.All(shard.Passes, pass => Assert.Equal(0, pass.PaddedLength % 8));
            Assert.All(shard.Passes.Skip(1), pass => Assert.InRange(pass.PaddedLength, pass.Samples.Max(i => Samples[i].Other.Length), 196));
        }
    }

    [Fact]
    public void At_CorrectivePasses_AreNoLargerThanTheChosenPassOrOneRow()
    {
        foreach (ShardBatch shard in Plan(epochs: 1).At(0).Shards)
        {
            int budget = shard.Passes[0].PaddedLength * shard.Samples.Count;
            Assert.All(
                shard.Passes.Skip(1),
                pass => Assert.True(pass.Samples.Count == 1 || pass.PaddedLength * pass.Samples.Count <= budget));
        }
    }

    [Fact]
    public void Permutation_Counts_AreAboutUniform()
    {
        var first = new int[5];
        for (ulong seed = 0; seed < 5000; seed++)
        {
            int[] order = SeededOrder.Permutation(5, seed, 3);
            Assert.Equal([0, 1, 2, 3, 4], order.Order());
            first[order[0]]++;
        }

        Assert.All(first, count => Assert.InRange(count, 900, 1100));
    }

    private static TrainingPlan Plan(int epochs, ulong seed = 1, ObjectiveKind objective = ObjectiveKind.Nsft) =>
        new(Samples, new PlanSettings(objective, 8, 4, seed, null, epochs));

    private static int[] Ids(StepPlan step) => [.. step.Shards.SelectMany(shard => shard.Samples)];
}
