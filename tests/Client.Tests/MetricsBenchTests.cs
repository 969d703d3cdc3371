using System.Text.Json;

namespace NSft.Client.Tests;

/// <summary>What measuring takes, as a user measures it.</summary>
public sealed class MetricsBenchTests
{
    [Fact]
    public async Task BenchMetrics_OneWorker_CountsAMeasurementForEachPhase_AndScrapesDuringTheRun()
    {
        JsonElement result = (await ConsoleProcess.RunAsync("bench", "metrics", "--workers", "1", "--steps", "3", "--scrapes", "5", "--json")).Json();

        Assert.Equal(8, result.GetProperty("measurementsPerStep").GetDouble());
        Assert.True(result.GetProperty("stepSeconds").GetDouble() > 0, result.ToString());
        Assert.True(result.GetProperty("scrapeBytes").GetInt64() > 1000, result.ToString());
        Assert.True(result.GetProperty("measuringShare").GetDouble() > 0, result.ToString());
    }

    [Fact]
    public async Task BenchMetrics_NoSteps_IsAUserErrorThatNamesTheOption() =>
        (await ConsoleProcess.RunAsync("bench", "metrics", "--steps", "0")).IsUserError("--steps");
}
