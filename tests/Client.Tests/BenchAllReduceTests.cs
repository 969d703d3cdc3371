using System.Text.Json;

namespace NSft.Client.Tests;

public sealed class BenchAllReduceTests
{
    [Theory]
    [InlineData("auto", "NSft")]
    [InlineData("messages", "NSft messages")]
    public async Task AllReduce_WithoutPeers_ChecksAndTimesOurs(string transport, string name)
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "bench", "allreduce", "--processes", "2", "--sizes", "1", "3", "--repeats", "3", "--transport", transport, "--no-peers", "--json");

        Assert.Equal(0, result.ExitCode);
        JsonElement[] timings = [.. result.Json().GetProperty("timings").EnumerateArray()];
        Assert.Equal([1L << 20, 3L << 20], timings.Select(timing => timing.GetProperty("bytes").GetInt64()));
        Assert.All(timings, timing => Assert.Equal(name, timing.GetProperty("contestant").GetString()));
        Assert.All(timings, timing => Assert.Equal(3, timing.GetProperty("seconds").GetArrayLength()));
        Assert.All(timings, timing => Assert.True(timing.GetProperty("busBandwidth").GetDouble() > 0));
    }

    [Fact]
    public async Task AllReduce_OfNoProcess_IsAUserError()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync("bench", "allreduce", "--processes", "0");

        Assert.Equal(ExitCodes.UserError, result.ExitCode);
        Assert.Contains("--processes", result.Error, StringComparison.Ordinal);
    }
}
