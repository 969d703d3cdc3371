using Microsoft.Extensions.DependencyInjection;
using NSft.Collectives;
using NSft.Data;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Chat;
using NSft.Grains.Construction;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;
using NSft.Tests;

namespace NSft.Grains.Tests.Construction;

/// <summary>Pairs that cannot be answered, that stand there twice, and jobs that end before all is answered.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private const int PairCount = 20;

    private readonly TemporaryDirectory _root = new();
    private readonly IReadOnlyList<PreferencePair> _pairs =
        [.. PreferenceReader.Read(RepositoryPaths.At("samples", "scenes", "preferences.json"), new PreferenceReadOptions()).Rows.Take(PairCount)];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    private string Output => _root.At("out.json");

    private string Letters => _root.At("out.json.dead.jsonl");

    private ConstructionSettings Settings => new()
    {
        DataPath = _root.At("pairs.json"),
        Options = new ConstructionOptions { BlockSize = 3 },
        Constructor = ConstructorName.Hybrid,
        Language = new LanguageOptions { Model = "scripted" },
        Chat = new ChatSettings { Model = "scripted", Concurrency = 4 },
    };

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Construct_PairsThatCannotBeAnswered_AreKeptWithTheirReasonAndReplayed()
    {
        PreferenceWriter.Write(_root.At("pairs.json"), _pairs);
        string[] bad = [_pairs[1].Id, _pairs[7].Id];
        var outcome = await ConstructAsync(new ScriptedConstructors { Answer = pair => bad.Contains(pair.Id) ? Dead(pair) : null });

        Assert.Equal(2, outcome.Summary.DeadLettersByReason["timeout"]);
        Assert.Equal(bad, (await File.ReadAllLinesAsync(Letters, Ended)).Select(line => DataJson.Read<DeadLetter>(line).PairId));
        Assert.Equal(PairCount - 2, Ids().Length);

        var replayed = new ScriptedConstructors();
        await using var cluster = await StartAsync(replayed);
        var healed = await new ConstructionClient(cluster.Client).ReplayAsync(Output, cancellationToken: Ended);

        Assert.Equal(bad.Order(), replayed.Asked.Keys.Order());
        Assert.Equal(PairCount, healed.Summary.PairCount);
        Assert.Equal(_pairs.Select(pair => pair.Id), Ids());
        Assert.Equal(["out.json", "out.json.summary.json", "pairs.json"], _root.Entries());
    }

    [Fact]
    public async Task Replay_LettersThatStayDead_AreKeptAndCanBeTriedAgain()
    {
        PreferenceWriter.Write(_root.At("pairs.json"), _pairs);
        var script = new ScriptedConstructors { Answer = pair => pair.Id == _pairs[4].Id ? Dead(pair) : null };
        await ConstructAsync(script);

        await using var cluster = await StartAsync(script);
        for (var times = 2; times <= 3; times++)
        {
            var outcome = await new ConstructionClient(cluster.Client).ReplayAsync(Output, cancellationToken: Ended);

            Assert.Equal(1, outcome.Summary.DeadLetterCount);
            Assert.Equal(Letters, outcome.DeadLetterPath);
            Assert.Equal(times, script.Asked[_pairs[4].Id]);
            Assert.Equal(times - 1, script.LastSettings!.Language!.Sample);
            Assert.All(_pairs.Where(pair => pair.Id != _pairs[4].Id), pair => Assert.Equal(1, script.Asked[pair.Id]));
        }
    }

    [Fact]
    public async Task Replay_NothingToReplay_SaysSo()
    {
        await using var cluster = await StartAsync(new ScriptedConstructors());

        var error = await Assert.ThrowsAsync<UserInputException>(() => new ConstructionClient(cluster.Client).ReplayAsync(Output, cancellationToken: Ended));

        Assert.Contains("out.json.work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Construct_PairsOfTheSameContent_AreAskedOnceAndAnsweredEach()
    {
        PreferencePair[] doubled = [.. _pairs.Concat(_pairs).Select((pair, index) => pair with { Id = $"p{index}" })];
        PreferenceWriter.Write(_root.At("pairs.json"), doubled);
        var script = new ScriptedConstructors { Answer = pair => pair.Id == "p2" ? Dead(pair) : null };

        var outcome = await ConstructAsync(script);

        Assert.Equal(PairCount, script.Asked.Count);
        Assert.Equal(2 * PairCount, outcome.Summary.PairCount);
        Assert.Equal(PairCount, outcome.Summary.Usage.Requests);
        Assert.Equal(doubled.Where(pair => pair.Id is not ("p2" or "p22")).Select(pair => pair.Id), Ids());
        Assert.Equal(["p2", "p22"], (await File.ReadAllLinesAsync(Letters, Ended)).Select(line => DataJson.Read<DeadLetter>(line).PairId));
    }

    [Theory]
    [InlineData(ChatFailureKind.BudgetSpent)]
    [InlineData(ChatFailureKind.Unauthorized)]
    public async Task Construct_NothingMoreCanBeAnswered_StopsAndGoesOnLater(ChatFailureKind kind)
    {
        PreferenceWriter.Write(_root.At("pairs.json"), _pairs);
        var error = await Assert.ThrowsAsync<UserInputException>(() => ConstructAsync(new ScriptedConstructors
        {
            Before = (pair, _) => pair.Row > PairCount / 2 ? Task.FromException(new ChatException(kind, "no more")) : Task.CompletedTask,
        }));

        Assert.Contains("no more; ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"of {PairCount} pairs are done and kept in", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Output));

        var script = new ScriptedConstructors();
        var outcome = await ConstructAsync(script);

        Assert.Equal(PairCount, outcome.Summary.PairCount);
        Assert.InRange(script.Asked.Count, 1, PairCount - 3);
    }

    private static PairResult Dead(PreferencePair pair) =>
        new(pair.Id, "scripted") { DeadLetter = new DeadLetter(pair.Id, pair.Row, "timeout", "the script says so") };

    private static Task<LocalCluster> StartAsync(ScriptedConstructors script) => LocalCluster.StartAsync(
        new LocalClusterOptions { SiloCount = 2, ConfigureServices = services => services.AddSingleton<IPairConstructors>(script) }, Ended);

    private async Task<ConstructionOutcome> ConstructAsync(ScriptedConstructors script)
    {
        await using var cluster = await StartAsync(script);
        return await new ConstructionClient(cluster.Client).ConstructAsync(Settings, Output, cancellationToken: Ended);
    }

    private string[] Ids() => [.. LlavaConversationReader.Read(Output, new ConversationReadOptions()).Rows.Select(row => row.Id)];
}
