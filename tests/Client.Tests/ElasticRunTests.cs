using System.Security.Cryptography;
using System.Text.Json;
using NSft.Client.Processes;

namespace NSft.Client.Tests;

/// <summary>Runs on real silo processes: started, scaled, killed, drained, ended by the console's verbs.</summary>
public sealed class ElasticRunTests : IAsyncDisposable
{
    private const string Steps = "120";

    private readonly StateCluster _cluster = new();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task DetachedRun_ScaledPausedAndHitByKill_WritesTheBitsOfOneWorker()
    {
        Assert.Equal(3, (await _cluster.JsonAsync("up", "--silos", "3")).GetProperty("started").GetInt32());
        await TrainAsync("elastic", "--detach", "--name", "tiny", "--workers", "2");
        Task<ConsoleResult> watch = _cluster.RunAsync("watch", "tiny", "--json");
        await _cluster.WaitForStepsAsync(3);
        await _cluster.JsonAsync("scale", "tiny", "--workers", "3");
        await _cluster.JsonAsync("pause", "tiny");
        await _cluster.JsonAsync("resume", "tiny");
        await _cluster.WaitForWorkersAsync(3);
        Assert.True(NativeProcess.Send(_cluster.Silos[0].Process, ProcessSignal.Kill));
        Assert.Equal(1, (await _cluster.JsonAsync("up", "--silos", "3")).GetProperty("started").GetInt32());
        ConsoleResult end = await watch;
        Assert.Equal("completed", end.Json().GetProperty("phase").GetString());
        await TrainHereAsync("single");
        Assert.Equal(HashOf("single"), HashOf("elastic"));
        Assert.True(File.Exists(Path.Combine(_cluster.At("elastic"), "tokenizer.model")));
        Assert.Equal(int.Parse(Steps), (await File.ReadAllLinesAsync(Path.Combine(_cluster.At("elastic"), "steps.jsonl"), TestContext.Current.CancellationToken)).Length);

        JsonElement ledger = await _cluster.JsonAsync("events", "tiny", "--ledger");
        Assert.True(ledger.GetProperty("check").GetProperty("isRight").GetBoolean(), ledger.GetProperty("check").ToString());
        JsonElement[] events = [.. (await _cluster.JsonAsync("events", "tiny")).GetProperty("events").EnumerateArray()];
        Assert.Contains(events, one => one.GetProperty("kind").GetString() == "view changed");
        Assert.Contains(events, one => one.GetProperty("kind").GetString() == "recovered");
        Assert.Equal(3, (await _cluster.JsonAsync("silos")).GetProperty("silos").GetArrayLength());
        Assert.Equal("completed", Assert.Single((await _cluster.JsonAsync("runs")).GetProperty("runs").EnumerateArray()).GetProperty("phase").GetString());
        (await _cluster.RunAsync("pause", "tiny")).IsUserError("completed already");
        (await _cluster.RunAsync("status", "tyni")).IsUserError("did you mean tiny?");
        Assert.NotEmpty((await _cluster.JsonAsync("logs", "silo-2")).GetProperty("lines").EnumerateArray());

        JsonElement down = await _cluster.JsonAsync("down");
        Assert.Equal(3, down.GetProperty("ended").GetArrayLength());
        Assert.Empty(down.GetProperty("killed").EnumerateArray());
        Assert.Empty(_cluster.Silos);
    }

    [Fact]
    public async Task FrozenSilo_DeclaredDead_JoinsAgainByItself()
    {
        await _cluster.JsonAsync("up", "--silos", "2");
        SiloRecord frozen = _cluster.Silos[1];
        Assert.True(NativeProcess.Send(frozen.Process, ProcessSignal.Stop));
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        Assert.True(NativeProcess.Send(frozen.Process, ProcessSignal.Continue));
        await Eventually.IsTrueAsync(() => _cluster.Silos.Any(silo =>
            silo.Process == frozen.Process && silo.Silo is not null && silo.Silo != frozen.Silo && silo.State == SiloProcessState.Active));
        Assert.Contains("joins again", await File.ReadAllTextAsync(frozen.Log!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_FrozenSilo_EndsIt()
    {
        await _cluster.JsonAsync("up", "--silos", "1");
        Assert.True(NativeProcess.Send(_cluster.Silos[0].Process, ProcessSignal.Stop));
        Assert.Single((await _cluster.JsonAsync("down", "--now")).GetProperty("killed").EnumerateArray());
        Assert.Empty(_cluster.Silos);
    }

    private async Task TrainAsync(string output, params string[] more) =>
        Assert.Equal(0, (await _cluster.RunAsync([.. Arguments(output), .. more])).ExitCode);

    private async Task TrainHereAsync(string output) => Assert.Equal(0, (await ConsoleProcess.RunAsync(Arguments(output))).ExitCode);

    private string[] Arguments(string output) =>
    [
        "train", "--model", Fixture.SampleModel, "--tokenizer", Fixture.SampleTokenizer, "--data", Fixture.Sample("preferences.json"), "--images", Fixture.SampleImages, "--template", "scenes",
        "--objective", "sft", "--global-batch", "6", "--steps", Steps, "--out", _cluster.At(output),
    ];

    private string HashOf(string output)
    {
        using FileStream stream = File.OpenRead(Path.Combine(_cluster.At(output), "model.safetensors"));
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
