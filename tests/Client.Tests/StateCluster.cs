using System.Globalization;
using System.Text.Json;
using NSft.Client.Processes;

namespace NSft.Client.Tests;

/// <summary>A state directory of a test, and the console's verbs on it. Whatever still runs at the end is killed, and the folder removed.</summary>
internal sealed class StateCluster : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string State => _folder.At("state");

    public string At(string name) => _folder.At(name);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Settings for the console and the silos that it starts.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Runs a verb on this state directory.</summary>
    public Task<ConsoleResult> RunAsync(params string[] arguments) => RunElsewhereAsync([.. arguments, "--state", State]);

    /// <summary>Runs a verb with the same settings that is not about this state directory.</summary>
    public Task<ConsoleResult> RunElsewhereAsync(params string[] arguments) => ConsoleProcess.RunAsync(arguments, Variables);

    /// <summary>Runs a verb and gives its JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) => (await RunAsync([.. arguments, "--json"])).Json();

    /// <summary>The silo processes that live.</summary>
    public IReadOnlyList<SiloRecord> Silos => new SiloRecords(State).Living();

    public async ValueTask DisposeAsync()
    {
        foreach (SiloRecord silo in Silos)
        {
            _ = NativeProcess.Send(silo.Process, ProcessSignal.Kill);
        }

        await Eventually.IsTrueAsync(() => Silos.Count == 0);
        _folder.Dispose();
    }

    /// <summary>Waits until a run has committed a number of steps.</summary>
    public Task WaitForStepsAsync(int steps) =>
        WaitAsync(status => status.GetProperty("committedSteps").GetInt32() >= steps, $"{steps.ToString(CultureInfo.InvariantCulture)} steps");

    /// <summary>Waits until so many workers of the last run compute.</summary>
    public Task WaitForWorkersAsync(int workers) => WaitAsync(
        status => status.GetProperty("workers").EnumerateArray().Count(worker => worker.GetProperty("stage").GetString() == "active") >= workers,
        $"{workers.ToString(CultureInfo.InvariantCulture)} active workers");

    private async Task WaitAsync(Predicate<JsonElement> isReached, string what)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            JsonElement status = await JsonAsync("status", "last");
            string phase = status.GetProperty("phase").GetString()!;
            if (isReached(status))
            {
                return;
            }

            Assert.True(phase is not ("completed" or "failed" or "cancelled"), status.ToString());
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromMinutes(3), $"{what} did not come: {status}");
        }
    }
}
