using System.Text.Json;
using NSft.Training.Sessions;

namespace NSft.Training.Tests;

public class FixtureTrajectoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_TwelveSteps_FollowsTheReferenceTrajectory(int shards)
    {
        using TrainingSession session = TinyRun.Open(TinyRun.Options with { ShardCount = shards });

        IReadOnlyList<StepRecord> records = LocalTrainer.Run(session, null, TestContext.Current.CancellationToken);

        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(TinyRun.Fixture("train_expected.json")));
        JsonElement[] steps = [.. expected.RootElement.GetProperty("steps").EnumerateArray()];
        Assert.Equal(steps.Length, records.Count);
        for (int i = 0; i < steps.Length; i++)
        {
            double loss = steps[i].GetProperty("loss").GetDouble();
            double norm = steps[i].GetProperty("grad_norm").GetDouble();
            TestContext.Current.TestOutputHelper?.WriteLine($"{i}: loss {records[i].Loss - loss:E2} norm {(records[i].GradNorm - norm) / norm:E2}");
            Assert.Equal(i, records[i].Step);
            Assert.Equal(loss, records[i].Loss, 1e-5);
            Assert.InRange(records[i].GradNorm / norm, 1 - 1e-3, 1 + 1e-3);
            Assert.Equal(steps[i].GetProperty("lr").GetDouble(), records[i].LearningRate, 1e-12);
        }
    }
}
