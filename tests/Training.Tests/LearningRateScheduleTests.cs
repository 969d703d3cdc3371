using System.Text.Json;
using NSft.Tests;
using NSft.Training.Optimization;

namespace NSft.Training.Tests;

public class LearningRateScheduleTests
{
    [Fact]
    public void At_FixtureRun_EqualsHuggingFace()
    {
        string path = RepositoryPaths.At("tests", "fixtures", "llava-tiny", "train_expected.json");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(path));
        var schedule = new LearningRateSchedule(2e-3, 3, 12);
        foreach (JsonElement step in expected.RootElement.GetProperty("steps").EnumerateArray())
        {
            Assert.Equal(step.GetProperty("lr").GetDouble(), schedule.At(step.GetProperty("step").GetInt32()), 1e-18);
        }
    }

    [Fact]
    public void At_NoWarmup_StartsAtThePeak() => Assert.Equal(1e-3, new LearningRateSchedule(1e-3, 0, 10).At(0));

    [Fact]
    public void At_OnlyWarmup_NeverReachesThePeak() => Assert.Equal(0.75, new LearningRateSchedule(1, 4, 4).At(3));
}
