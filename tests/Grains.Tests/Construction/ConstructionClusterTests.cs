using Microsoft.Extensions.DependencyInjection;
using NSft.Collectives;
using NSft.Data;
using NSft.Data.Construction;
using NSft.Grains.Construction;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;
using NSft.Tests;

namespace NSft.Grains.Tests.Construction;

public sealed class ConstructionClusterTests : IDisposable
{
    private static readonly ConstructionSettings Settings = new()
    {
        DataPath = RepositoryPaths.At("samples", "scenes", "preferences.json"),
        ImageDirectory = RepositoryPaths.At("samples", "scenes", "images"),
    };

    private readonly TemporaryDirectory _root = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Construct_AnyNumberOfSilos_WritesTheBytesOfOneThread(int silos)
    {
        await using var cluster = await LocalCluster.StartAsync(silos, TestContext.Current.CancellationToken);

        var outcome = await ConstructAsync(cluster);
        ConstructAlone(outcome.Record.Manifest.Provenance);

        Assert.Equal(Read("alone.json"), Read("out.json"));
        Assert.Equal(silos, outcome.Silos.Count);
        Assert.Equal(627, outcome.Summary.PairCount);
    }

    [Fact]
    public async Task Construct_BlockFailsOnce_IsRetriedWithTheSameResult()
    {
        var left = 1;
        await using var cluster = await StartAsync(new ScriptedConstructors { Before = (pair, _) => FailAt(pair, () => Interlocked.Decrement(ref left) >= 0) });

        var outcome = await ConstructAsync(cluster);
        ConstructAlone(outcome.Record.Manifest.Provenance);

        Assert.Equal(1, outcome.RetriedBlocks);
        Assert.Equal(Read("alone.json"), Read("out.json"));
    }

    [Fact]
    public async Task Construct_BlockFailsAlways_FailsWithItsReasonAndWritesNothing()
    {
        await using var cluster = await StartAsync(new ScriptedConstructors { Before = (pair, _) => FailAt(pair, () => true) });

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => ConstructAsync(cluster));

        Assert.Contains("block 2: the script says so", failure.Message, StringComparison.Ordinal);
        Assert.Contains("out.json.work: the same command again goes on from there", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["out.json.work"], _root.Entries());
    }

    [Fact]
    public async Task Construct_NoSuchLexicon_IsTheUsersInput()
    {
        await using var cluster = await LocalCluster.StartAsync(1, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<UserInputException>(() => new ConstructionClient(cluster.Client).ConstructAsync(
            Settings with { Lexicon = _root.At("none.json") }, _root.At("out.json"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Empty(_root.Entries());
    }

    [Fact]
    public async Task Construct_CancelledBeforeAnyBlock_LeavesNothing()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var cluster = await StartAsync(new ScriptedConstructors
        {
            Before = (_, ended) =>
            {
                cancellation.CancelAfter(TimeSpan.Zero);
                return Task.Delay(Timeout.Infinite, ended);
            },
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ConstructionClient(cluster.Client).ConstructAsync(
            Settings, _root.At("out.json"), cancellationToken: cancellation.Token));

        Assert.Empty(_root.Entries());
    }

    [Fact]
    public async Task Construct_Progress_RisesToAllBlocks()
    {
        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);
        var reported = new ProgressList<ConstructionProgress>();

        await new ConstructionClient(cluster.Client).ConstructAsync(Settings, null, reported, TestContext.Current.CancellationToken);

        Assert.Equal(10, reported.Items[^1].TotalBlocks);
        Assert.Equal(10, reported.Items[^1].DoneBlocks);
        Assert.Equal(627, reported.Items[^1].Work.Pairs);
        Assert.Equal(reported.Items.Select(item => item.DoneBlocks).Order(), reported.Items.Select(item => item.DoneBlocks));
    }

    public void Dispose() => _root.Dispose();

    /// <summary>Fails at the first pair of the third block.</summary>
    private static Task FailAt(PreferencePair pair, Func<bool> isFailing) =>
        pair.Row == (2 * ConstructionSettings.DefaultBlockSize) + 1 && isFailing()
            ? Task.FromException(new InvalidOperationException("the script says so"))
            : Task.CompletedTask;

    private static Task<LocalCluster> StartAsync(IPairConstructors constructors) => LocalCluster.StartAsync(
        new LocalClusterOptions { SiloCount = 2, ConfigureServices = services => services.AddSingleton(constructors) },
        TestContext.Current.CancellationToken);

    private string Read(string file) => File.ReadAllText(_root.At(file));

    private Task<ConstructionOutcome> ConstructAsync(LocalCluster cluster) => new ConstructionClient(cluster.Client).ConstructAsync(
        Settings, _root.At("out.json"), cancellationToken: TestContext.Current.CancellationToken);

    private void ConstructAlone(ConstructionProvenance provenance)
    {
        var pairs = PreferenceReader.Read(Settings.DataPath, new PreferenceReadOptions { ImageDirectory = Settings.ImageDirectory }).Rows;
        var lexicon = Lexicon.Load(Settings.Lexicon);
        var constructor = new RuleConstructor(
            VisionErrorCodebook.Load(), lexicon, Settings.Options, ConstructionStatistics.Gather(pairs, lexicon));
        CorrectiveFile.Write(_root.At("alone.json"), constructor.ConstructBlock(pairs), provenance);
    }
}
