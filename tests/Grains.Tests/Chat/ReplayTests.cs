using System.Text.Json;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Benchmarks.Practice;
using NSft.Grains.Chat;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

/// <summary>Second runs and replays against a server that breaks the schema half of the time.</summary>
public sealed class ReplayTests : IDisposable
{
    private const int Pairs = 60;

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Construct_Again_PaysNothing()
    {
        await using var server = await StartAsync();
        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);
        var first = await ConstructAsync(cluster, server, "first.json");
        var paid = server.Ledger.PaidCount;

        var second = await ConstructAsync(cluster, server, "second.json", blockSize: 7);

        Assert.Equal(paid, server.Ledger.PaidCount);
        Assert.Equal(0, second.Summary.Usage.Requests);
        Assert.Equal(first.Summary.DeadLetterCount, second.Summary.DeadLetterCount);
        Assert.Equal(await TextAsync("first.json"), await TextAsync("second.json"));
    }

    [Fact]
    public async Task Replay_ResponsesThatBrokeTheRules_AreAskedAnewAndAnsweredPairsAreNot()
    {
        await using var server = await StartAsync();
        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);
        var first = await ConstructAsync(cluster, server, "out.json");
        var paid = server.Ledger.PaidCount;

        var again = await new ConstructionClient(cluster.Client).ReplayAsync(_root.At("out.json"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(first.Summary.DeadLetterCount, 5, 30);
        Assert.InRange(again.Summary.DeadLetterCount, 0, first.Summary.DeadLetterCount - 1);
        Assert.InRange(server.Ledger.PaidCount - paid, first.Summary.DeadLetterCount, 2 * first.Summary.DeadLetterCount);
    }

    private static Task<PracticeServer> StartAsync() => PracticeServer.StartAsync(
        new PracticeServerOptions { Latency = TimeSpan.FromMilliseconds(1), Faults = new Dictionary<PracticeFault, double> { [PracticeFault.SchemaViolation] = 0.5 } },
        TestContext.Current.CancellationToken);

    private Task<string> TextAsync(string file) => File.ReadAllTextAsync(_root.At(file), TestContext.Current.CancellationToken);

    private async Task<ConstructionOutcome> ConstructAsync(LocalCluster cluster, PracticeServer server, string output, int blockSize = 8)
    {
        var data = _root.At("pairs.jsonl");
        await File.WriteAllLinesAsync(data, Enumerable.Range(0, Pairs).Select(index => JsonSerializer.Serialize(
            new { id = $"pair-{index}", image = $"{index}.jpg", question = $"What does sheet {index} show?", chosen = "A long grey wall.", rejected = "A short white fence." })), TestContext.Current.CancellationToken);
        return await new ConstructionClient(cluster.Client).ConstructAsync(
            new ConstructionSettings
            {
                DataPath = data,
                Constructor = ConstructorName.OpenAi,
                Options = new ConstructionOptions { BlockSize = blockSize },
                Language = new LanguageOptions { Model = "practice" },
                Chat = new ChatSettings { Model = "practice", BaseUrl = server.Url, KeyVariable = "NSFT_TEST_NO_KEY", AnswerDirectory = _root.At("answers") },
            },
            _root.At(output),
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
