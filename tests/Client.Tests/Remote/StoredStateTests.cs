using System.Security.Cryptography;
using System.Text.Json;
using NSft.Client.Processes;
using NSft.Storage;
using NSft.Tests.Servers;

namespace NSft.Client.Tests.Remote;

/// <summary>Silo processes that share nothing but membership and Azurite: grain state, journal, checkpoints and result are there.</summary>
public sealed class StoredStateTests : IAsyncLifetime
{
    private const string Steps = "90";

    private readonly StateCluster _cluster = new();
    private AzuriteServer? _azurite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _azurite = await AzuriteServer.StartAsync();
        _cluster.Variables["Storage__ConnectionString"] = _azurite.ConnectionString;
        _cluster.Variables["State__Provider"] = "azblob";
        _cluster.Variables["Runs__Address"] = "azblob:runs/journals";
        _cluster.Variables["Cache__Directory"] = _cluster.At("cache");
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    [Fact]
    public async Task DetachedRun_AllSilosKilled_GoesOnFromItsCheckpointToTheSameBits()
    {
        await _cluster.JsonAsync("up", "--silos", "2");
        JsonElement started = await _cluster.JsonAsync([.. Arguments("azblob:runs/result"), "--detach", "--name", "far", "--workers", "2", "--every", "4", "--checkpoints", "azblob:runs/far"]);
        await _cluster.WaitForStepsAsync(6);
        await KillAsync(1);
        await _cluster.JsonAsync("up", "--silos", "2");
        await _cluster.WaitForStepsAsync(14);
        await KillAsync(2);
        await _cluster.JsonAsync("up", "--silos", "2");

        Assert.Equal("completed", (await _cluster.JsonAsync("watch", "far")).GetProperty("phase").GetString());
        Assert.Equal(0, (await ConsoleProcess.RunAsync(Arguments(_cluster.At("single")))).ExitCode);
        IObjectStore result = Open("runs/result");
        await result.DownloadAsync("model.safetensors", _cluster.At("far.safetensors"), null, Cancellation);
        Assert.Equal(HashOf(Path.Combine(_cluster.At("single"), "model.safetensors")), HashOf(_cluster.At("far.safetensors")));
        Assert.NotNull(await result.FindAsync("result.json", Cancellation));
        Assert.NotNull(await result.FindAsync("tokenizer.model", Cancellation));
        string[] events = [.. (await _cluster.JsonAsync("events", "far")).GetProperty("events").EnumerateArray().Select(one => one.GetProperty("text").GetString()!)];
        Assert.True(events.Any(text => text.Contains("the run goes on from", StringComparison.Ordinal)), string.Join('\n', events));
        string journal = System.Text.Encoding.UTF8.GetString((await Open($"runs/journals/{started.GetProperty("run").GetString()}").ReadAsync("steps.jsonl", Cancellation))!.Content.Span);
        Assert.True(journal.Split('\n').Length > int.Parse(Steps, System.Globalization.CultureInfo.InvariantCulture), journal);
        JsonElement ledger = await _cluster.JsonAsync("events", "far", "--ledger");
        Assert.True(ledger.GetProperty("check").GetProperty("isRight").GetBoolean(), ledger.GetProperty("check").ToString());
    }

    private async Task KillAsync(int count)
    {
        SiloRecord[] silos = [.. _cluster.Silos.Take(count)];
        Assert.All(silos, silo => Assert.True(NativeProcess.Send(silo.Process, ProcessSignal.Kill)));
        await Eventually.IsTrueAsync(() => !_cluster.Silos.Any(one => silos.Any(silo => silo.Process == one.Process)));
    }

    private static string[] Arguments(string output) =>
    [
        "train", "--model", Fixture.SampleModel, "--tokenizer", Fixture.SampleTokenizer, "--data", Fixture.Sample("preferences.json"), "--images", Fixture.SampleImages, "--template", "scenes",
        "--objective", "sft", "--global-batch", "4", "--steps", Steps, "--out", output,
    ];

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private IObjectStore Open(string place) =>
        new ObjectStores(new StorageOptions { ConnectionString = _azurite!.ConnectionString }).Open(StoreAddress.Parse($"azblob:{place}"));
}
