using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Benchmarks.Practice;
using NSft.Grains.Chat;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

/// <summary>Budgets of construction jobs, on fresh clusters each time as the console has them.</summary>
public sealed class BudgetTests : IDisposable
{
    private const int Pairs = 60;

    // Every answer has the same length, and an answer's token costs a hundredth: so does the budget count answers.
    private const decimal TokenPrice = 10_000;

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Construct_StoppedByItsBudgetAndRunAgain_SpendsItOnceAndGoesOnWithALargerOne()
    {
        await using var server = await PracticeServer.StartAsync(new PracticeServerOptions { Latency = TimeSpan.FromMilliseconds(1) }, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<UserInputException>(() => ConstructAsync(server, budget: 100));
        var paid = server.Ledger.PaidCount;
        Assert.Contains("budget", failure.Message, StringComparison.Ordinal);
        Assert.InRange(paid, 1, Pairs - 1);

        // The same budget is gone but for less than an answer may cost.
        Assert.Contains("budget", (await Assert.ThrowsAsync<UserInputException>(() => ConstructAsync(server, budget: 100))).Message, StringComparison.Ordinal);
        Assert.Equal(paid, server.Ledger.PaidCount);

        var outcome = await ConstructAsync(server, budget: 100_000);
        Assert.Equal(Pairs, outcome.Summary.PairCount);
        Assert.Equal(Pairs, server.Ledger.PaidCount);
    }

    private async Task<ConstructionOutcome> ConstructAsync(PracticeServer server, decimal budget)
    {
        await using var cluster = await LocalCluster.StartAsync(2, TestContext.Current.CancellationToken);
        var data = _root.At("pairs.jsonl");
        await File.WriteAllLinesAsync(data, Enumerable.Range(0, Pairs).Select(index => JsonSerializer.Serialize(
            new { id = $"pair-{index}", image = $"{index}.jpg", question = $"What does sheet {index} show?", chosen = "A long grey wall.", rejected = "A short white fence." })), TestContext.Current.CancellationToken);
        return await new ConstructionClient(cluster.Client).ConstructAsync(
            new ConstructionSettings
            {
                DataPath = data,
                Constructor = ConstructorName.OpenAi,
                Options = new ConstructionOptions { BlockSize = 8 },
                Language = new LanguageOptions { Model = "practice", MaxTokens = 1_000 },
                Chat = new ChatSettings
                {
                    Model = "practice",
                    BaseUrl = server.Url,
                    KeyVariable = "NSFT_TEST_NO_KEY",
                    AnswerDirectory = _root.At("answers"),
                    Budget = budget,
                    PromptPrice = 0,
                    CompletionPrice = TokenPrice,
                },
            },
            _root.At("out.json"),
            cancellationToken: TestContext.Current.CancellationToken);
    }
}
