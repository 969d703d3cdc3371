using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace NSft.Client.Tests;

public sealed class ConstructVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Construct_DryRun_EstimatesAndWritesNothing()
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(
            "construct", "--data", Fixture.Sample("preferences.json"), "--out", _folder.At("c.json"), "--constructor", "openai", "--model", "none",
            "--answers", _folder.At("answers"), "--dry-run", "--price-in", "0.15", "--price-out", "0.6", "--json");

        JsonElement estimate = result.Json();
        Assert.Equal(627, estimate.GetProperty("pairs").GetInt32());
        Assert.Equal(627, estimate.GetProperty("requests").GetInt32() + estimate.GetProperty("repeatedPairs").GetInt32());
        Assert.True(estimate.GetProperty("expectedCost").GetDouble() > 0);
        Assert.True(estimate.GetProperty("mostCost").GetDouble() > estimate.GetProperty("expectedCost").GetDouble());
        Assert.Empty(Directory.GetFileSystemEntries(_folder.At(".")));
    }

    [Theory]
    [InlineData("--model", "--constructor", "openai")]
    [InlineData("prices", "--constructor", "hybrid", "--model", "m", "--budget", "3")]
    [InlineData("no API key", "--constructor", "openai", "--model", "m", "--api-key-env", "NSFT_TEST_NO_SUCH_KEY")]
    [InlineData("did you mean rules", "--constructor", "rule")]
    public async Task Construct_OptionMissing_SaysWhichAndLeavesNothing(string said, params string[] options)
    {
        ConsoleResult result = await ConsoleProcess.RunAsync(
            ["construct", "--data", Fixture.Sample("preferences.json"), "--out", _folder.At("c.json"), "--answers", _folder.At("answers"), .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.ErrorLines[^1], StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("c.json.work")));
        Assert.False(File.Exists(_folder.At("c.json")));
    }

    [Fact]
    public async Task Construct_SubcommandWithoutTheVerbsOptions_IsNotAskedForThem()
    {
        await File.WriteAllTextAsync(_folder.At("c.json"), "[]", TestContext.Current.CancellationToken);
        (await ConsoleProcess.RunAsync("construct", "replay", "--out", _folder.At("c.json"))).IsUserError("c.json.work", "dead letters");
        (await ConsoleProcess.RunAsync("construct", "report", "--data", _folder.At("none.json"))).IsUserError("none.json", "no such file");
        (await ConsoleProcess.RunAsync("construct", "--out", _folder.At("c.json"))).IsUserError("construct", "--data");
    }

    [Fact]
    public async Task Construct_Interrupted_EndsInOrderAndSaysHowToGoOn()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        ProcessStartInfo start = new("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            Path.Combine(AppContext.BaseDirectory, "NSft.Client.dll"), "construct", "--data", Fixture.Sample("preferences.json"), "--out", _folder.At("c.json"),
            "--constructor", "openai", "--model", "m", "--base-url", $"http://127.0.0.1:{port}/v1", "--answers", _folder.At("answers"), "--silos", "1",
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OPENAI_API_KEY"] = "k";
        using Process process = Process.Start(start)!;
        using (await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            using Process signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("the same command again goes on", said, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("c.json")));
    }
}
