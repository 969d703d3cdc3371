using System.Text;
using System.Text.Json.Nodes;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Tests.Testing;
using NSft.Storage;
using NSft.Tests.Stores;
using NSft.Training.Checkpoints;

namespace NSft.Grains.Tests.Run;

/// <summary>Runs that keep journal, checkpoints and result at addresses.</summary>
public sealed class StoredRunTests : IDisposable
{
    private const string RunPlace = "azblob:runs/run-1";
    private const string Output = "azblob:models/first";
    private const int Steps = 8;

    private readonly TemporaryDirectory _root = new();
    private readonly FolderStores _stores;
    private readonly FolderStores _sound;

    public StoredRunTests()
    {
        _stores = new FolderStores(_root.At("blobs"));
        _sound = new FolderStores(_root.At("blobs"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_AllAtAddresses_PublishesTheModelOfAFolderRun()
    {
        await using var other = await ScriptedCluster.StartAsync(1, steps: Steps);
        var expected = await other.TrainAsync(1);
        await StageAsync();
        await using var cluster = await ScriptedCluster.StartAsync(2, steps: Steps, stores: _stores);

        var status = await EndAsync(await StartAsync(cluster, 3));

        Assert.Equal(RunPhase.Completed, status.Phase);
        Assert.Equal(expected.WeightsHash, status.WeightsHash);
        var manifest = JsonNode.Parse(await TextAsync(Output, "result.json"))!;
        Assert.Equal(["model.txt", "run.json", "steps.jsonl"], manifest["files"]!.AsArray().Select(file => file!["name"]!.GetValue<string>()).Order());
        Assert.Equal(expected.WeightsHash, await TextAsync(Output, "model.txt"));
        Assert.Equal(expected.Steps.Select(step => step.Loss), (await TextAsync(Output, "steps.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!["loss"]!.GetValue<double>()));
        Assert.Equal("{}", await TextAsync(Output, "run.json"));
        Assert.Null(await Store(Output).FindAsync("export.json", Cancellation));
        Assert.Empty((await Checkpoints().FindNewestWholeAsync(null, Cancellation)).Problems);
        Assert.Equal(Steps, (await TextAsync(RunPlace, "steps.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Run_CredentialsExpireForAWhile_LosesNoCheckpointNoStepAndTellsOfIt()
    {
        await StageAsync();
        var faults = new FaultPlan().HoldAt(3);
        await using var cluster = await ScriptedCluster.StartAsync(2, faults, steps: Steps, stores: _stores);
        var run = await StartAsync(cluster, 2);
        await faults.ReachedAsync(0, 3);
        await WaitAsync(run, happened => happened.Kind == RunEventKind.CheckpointWritten);
        _stores.Faults.Refusal = "azblob:runs: the credentials have expired";
        faults.Release();

        await WaitAsync(run, happened => happened.Kind == RunEventKind.CheckpointDamaged && happened.Text.Contains("expired", StringComparison.Ordinal));
        await WaitAsync(run, happened => happened.Kind == RunEventKind.StorageFailed && happened.Text.Contains("expired", StringComparison.Ordinal));
        await WaitAsync(run, happened => happened.Kind == RunEventKind.Exporting);
        Assert.Equal(2, (await Checkpoints().FindNewestWholeAsync(null, Cancellation)).Newest!.Step);
        Assert.Null(await Store(Output).FindAsync("result.json", Cancellation));

        _stores.Faults.Heal();
        var status = await EndAsync(run);

        Assert.Equal(RunPhase.Completed, status.Phase);
        await WaitAsync(run, happened => happened.Kind == RunEventKind.StorageRecovered);
        Assert.NotNull(await Store(Output).FindAsync("result.json", Cancellation));
        Assert.Equal(Steps, (await TextAsync(RunPlace, "steps.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Run_ResumedOnOtherSilos_EndsWithTheSameWeights()
    {
        await using var other = await ScriptedCluster.StartAsync(1, steps: Steps);
        var expected = await other.TrainAsync(1);
        await StageAsync();
        var faults = new FaultPlan().HoldAt(5);
        await using (var first = await ScriptedCluster.StartAsync(2, faults, steps: Steps, stores: _stores))
        {
            var lost = await StartAsync(first, 3);
            await faults.ReachedAsync(0, 5);
            await WaitAsync(lost, happened => happened.Kind == RunEventKind.CheckpointWritten);
            await lost.CancelAsync();
        }

        await using var second = await ScriptedCluster.StartAsync(1, steps: Steps, stores: _stores);
        var status = await EndAsync(await StartAsync(second, 2, isResumed: true));

        Assert.Equal(RunPhase.Completed, status.Phase);
        Assert.Equal(expected.WeightsHash, status.WeightsHash);
    }

    [Fact]
    public async Task Run_Cancelled_PublishesNothing()
    {
        await StageAsync();
        var faults = new FaultPlan().HoldAt(3);
        await using var cluster = await ScriptedCluster.StartAsync(1, faults, steps: Steps, stores: _stores);
        var run = await StartAsync(cluster, 2);
        await faults.ReachedAsync(0, 3);

        await run.CancelAsync();

        Assert.Equal(RunPhase.Cancelled, (await EndAsync(run)).Phase);
        Assert.False(Directory.Exists(_sound.At(StoreAddress.Parse(Output))));
    }

    [Fact]
    public async Task Start_TheRunsPlaceCannotBeRead_IsRefusedWithTheReason()
    {
        await using var cluster = await ScriptedCluster.StartAsync(1, steps: Steps, stores: _stores);
        _stores.Faults.Refusal = "azblob:runs: the account refuses these credentials";

        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(cluster, 1));

        Assert.Contains("refuses these credentials", error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _root.Dispose();

    private IObjectStore Store(string place) => _sound.Open(StoreAddress.Parse(place));

    private ICheckpointStore Checkpoints() => new CheckpointStores(_sound, new ScratchFolder(_root.At("scratch"))).Open(RunPlace + "/checkpoints");

    private Task<ObjectFacts> StageAsync() => Store(RunPlace).WriteAsync("result/run.json", Encoding.UTF8.GetBytes("{}"), WriteCondition.Any, Cancellation);

    private async Task<string> TextAsync(string place, string name) => Encoding.UTF8.GetString((await Store(place).ReadAsync(name, Cancellation))!.Content.Span);

    private static async Task<IRunGrain> StartAsync(ScriptedCluster cluster, int workers, bool isResumed = false)
    {
        var run = cluster.Cluster.Client.GetGrain<IRunGrain>("run-1");
        await run.StartAsync(cluster.Request(workers) with
        {
            StagingDirectory = string.Empty,
            Elastic = new ElasticOptions(RunDirectory: RunPlace, CheckpointEvery: 2, OutputDirectory: Output, Resume: isResumed),
        });
        return run;
    }

    private static async Task<RunStatus> EndAsync(IRunGrain run)
    {
        while (true)
        {
            var status = await run.WatchAsync(int.MaxValue, RunPhase.Running);
            if (status.Phase.IsTerminal())
            {
                return status;
            }

            await Task.Delay(20, Cancellation);
        }
    }

    private static async Task WaitAsync(IRunGrain run, Predicate<RunEventMessage> happened)
    {
        while (!Array.Exists(await run.ReadEventsAsync(0), happened))
        {
            await Task.Delay(20, Cancellation);
        }
    }
}
