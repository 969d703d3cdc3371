using Microsoft.Extensions.DependencyInjection;
using NSft.Collectives;
using NSft.Data;
using NSft.Data.Construction;
using NSft.Grains.Chat;
using NSft.Grains.Construction;
using NSft.Grains.Contracts;
using NSft.Grains.Hosting;
using NSft.Grains.Jobs;
using NSft.Grains.Tests.Testing;
using NSft.Tests;
using Orleans.Runtime;

namespace NSft.Grains.Tests.Construction;

/// <summary>Jobs whose silos die, join and are interrupted while pairs are held in work.</summary>
public sealed class ConstructionElasticityTests : IDisposable
{
    private const int PairCount = 96;
    private const int BlockSize = 4;
    private const int Concurrency = 12;

    private readonly TemporaryDirectory _root = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConstructionElasticityTests()
    {
        var pairs = PreferenceReader.Read(RepositoryPaths.At("samples", "scenes", "preferences.json"), new PreferenceReadOptions()).Rows;
        PreferenceWriter.Write(_root.At("pairs.json"), pairs.Take(PairCount));
    }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private string Output => _root.At("out.json");

    private string Work => Output + JobDirectory.Suffix;

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Construct_SiloCrashesInTheMiddle_IsDoneByTheOthersWithTheSameBytes(bool ofCoordinator)
    {
        var script = Held();
        await using var cluster = await StartAsync(3, script);
        var job = ConstructAsync(cluster);
        await UntilAsync(() => script.Asked.Count >= Concurrency);
        var coordinator = await CoordinatorAsync(cluster);
        var silos = await SilosAsync(cluster);

        cluster.CrashSilo(ofCoordinator ? coordinator : silos.First(silo => silo != coordinator));
        _release.SetResult();
        var outcome = await job;

        Assert.Equal(await UndisturbedAsync(), await File.ReadAllTextAsync(Output, Ended));
        Assert.Equal(PairCount, outcome.Summary.PairCount);
        Assert.False(Directory.Exists(Work));
    }

    [Fact]
    public async Task Construct_CoordinatorCrashes_AsksNothingTwiceThatIsInWorkOnLivingSilos()
    {
        var script = Held();
        await using var cluster = await StartAsync(3, script);
        var job = ConstructAsync(cluster);
        await UntilAsync(() => script.Asked.Count >= Concurrency);

        cluster.CrashSilo(await CoordinatorAsync(cluster));
        await Task.Delay(TimeSpan.FromMilliseconds(500), Ended);
        _release.SetResult();
        await job;

        // The silo that died held two blocks; what it had done of them is done again, and nothing else.
        Assert.InRange(script.Asked.Values.Sum(), PairCount, PairCount + (2 * BlockSize));
    }

    [Fact]
    public async Task Construct_SiloJoins_TakesItsShareAndTheConcurrencyStays()
    {
        var script = new ScriptedConstructors { Before = (_, ended) => Task.Delay(20, ended) };
        await using var cluster = await StartAsync(1, script);
        var reported = new ProgressList<ConstructionProgress>();
        var job = ConstructAsync(cluster, progress: reported);
        await UntilAsync(() => script.Asked.Count >= Concurrency);

        var joined = await cluster.AddSiloAsync(Ended);
        var outcome = await job;

        Assert.Contains(joined, outcome.Silos);
        Assert.Equal(PairCount, script.Asked.Count);
        Assert.Equal(await UndisturbedAsync(), await File.ReadAllTextAsync(Output, Ended));
    }

    [Fact]
    public async Task Construct_ManySilos_KeepsTheConcurrencyAndAsksEachPairOnce()
    {
        var script = new ScriptedConstructors { Before = (_, ended) => Task.Delay(10, ended) };
        await using var cluster = await StartAsync(3, script);

        await ConstructAsync(cluster);

        Assert.Equal(Concurrency, script.MostInWork);
        Assert.Equal(PairCount, script.Asked.Count);
        Assert.All(script.Asked.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Construct_CancelledAndCalledAgain_GoesOnFromWhatIsDone()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Ended);
        var first = new ScriptedConstructors
        {
            Before = (pair, ended) => pair.Row <= PairCount / 2 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, ended),
        };
        await using (var cluster = await StartAsync(2, first))
        {
            var job = ConstructAsync(cluster, cancellation: cancellation.Token);
            await UntilAsync(() => DoneBlocks() >= 8);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job);
        }

        var done = DoneBlocks();
        Assert.False(File.Exists(Output));
        var second = new ScriptedConstructors();
        await using var again = await StartAsync(2, second);
        await ConstructAsync(again);

        Assert.Equal(PairCount - (done * BlockSize), second.Asked.Count);
        Assert.Equal(await UndisturbedAsync(), await File.ReadAllTextAsync(Output, Ended));
        Assert.False(Directory.Exists(Work));
    }

    [Fact]
    public async Task Construct_BlockFileDamaged_IsNamedAndDoneAgain()
    {
        await InterruptAsync();
        var file = Directory.GetFiles(Path.Combine(Work, "blocks")).Order().First();
        var bytes = await File.ReadAllBytesAsync(file, Ended);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Ended);

        var script = new ScriptedConstructors();
        await using var cluster = await StartAsync(2, script);
        var outcome = await ConstructAsync(cluster);

        Assert.Equal([file], outcome.DamagedBlocks);
        Assert.Equal(await UndisturbedAsync(), await File.ReadAllTextAsync(Output, Ended));
    }

    [Fact]
    public async Task Construct_DirectoryOfAnotherJob_IsRefusedAndKept()
    {
        await InterruptAsync();
        var done = DoneBlocks();
        await using var cluster = await StartAsync(1, new ScriptedConstructors());

        var error = await Assert.ThrowsAsync<UserInputException>(() => new ConstructionClient(cluster.Client).ConstructAsync(
            Settings with { Options = Settings.Options with { Seed = 7 } }, Output, cancellationToken: Ended));

        Assert.Contains("--seed is 0 there and 7 here", error.Message, StringComparison.Ordinal);
        Assert.Equal(done, DoneBlocks());
    }

    private ConstructionSettings Settings => new()
    {
        DataPath = _root.At("pairs.json"),
        Options = new ConstructionOptions { BlockSize = BlockSize },
        Chat = new ChatSettings { Model = "scripted", Concurrency = Concurrency },
    };

    private ScriptedConstructors Held() => new()
    {
        Before = (pair, ended) => pair.Row % 3 == 0 ? _release.Task.WaitAsync(ended) : Task.CompletedTask,
    };

    private static Task<LocalCluster> StartAsync(int silos, ScriptedConstructors script) => LocalCluster.StartAsync(
        new LocalClusterOptions { SiloCount = silos, ConfigureServices = services => services.AddSingleton<IPairConstructors>(script) }, Ended);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, Ended);
        }
    }

    private static async Task<string[]> SilosAsync(LocalCluster cluster) =>
        [.. (await cluster.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys.Select(silo => silo.ToParsableString())];

    private async Task<string> CoordinatorAsync(LocalCluster cluster) =>
        (await cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(cluster.Client.GetGrain<IConstructionGrain>(ConstructionClient.IdOf(Work))))!.ToParsableString();

    private Task<ConstructionOutcome> ConstructAsync(
        LocalCluster cluster, IProgress<ConstructionProgress>? progress = null, CancellationToken? cancellation = null) =>
        new ConstructionClient(cluster.Client).ConstructAsync(Settings, Output, progress, cancellation ?? Ended);

    private async Task InterruptAsync()
    {
        var script = new ScriptedConstructors
        {
            Before = (pair, _) => pair.Row > PairCount / 2 ? Task.FromException(new InvalidOperationException("the script says so")) : Task.CompletedTask,
        };
        await using var cluster = await StartAsync(2, script);
        await Assert.ThrowsAsync<RunFailedException>(() => ConstructAsync(cluster));
        Assert.NotEqual(0, DoneBlocks());
    }

    private int DoneBlocks() => Directory.Exists(Path.Combine(Work, "blocks")) ? Directory.GetFiles(Path.Combine(Work, "blocks"), "*.jsonl").Length : 0;

    /// <summary>What one silo writes when nothing happens.</summary>
    private async Task<string> UndisturbedAsync()
    {
        await using var cluster = await StartAsync(1, new ScriptedConstructors());
        await new ConstructionClient(cluster.Client).ConstructAsync(Settings, _root.At("alone.json"), cancellationToken: Ended);
        return await File.ReadAllTextAsync(_root.At("alone.json"), Ended);
    }
}
