using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSft.Data;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Grains.Chat;
using NSft.Grains.Construction;
using NSft.Grains.Hosting;
using NSft.Grains.Tests.Sampling;
using NSft.Grains.Tests.Testing;
using NSft.Tests;

namespace NSft.Grains.Tests.Instruments;

/// <summary>What is measured of constructions. Alone: instruments are the process's.</summary>
[Collection(AloneTests.Name)]
public sealed class ConstructionInstrumentsTests : IDisposable
{
    private const int PairCount = 24;

    private readonly TemporaryDirectory _root = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Construct_CountsPairsByOutcome_AndRejections()
    {
        using var readings = new Readings();
        var script = new ScriptedConstructors
        {
            Answer = pair => pair.Row switch
            {
                1 => new PairResult(pair.Id, "openai") { DeadLetter = new DeadLetter(pair.Id, pair.Row, RejectionReason.Span, "words that are not there"), Rejections = [RejectionReason.Span, RejectionReason.Span, "of-tomorrow"] },
                2 => new PairResult(pair.Id, "openai") { Conversation = new CorrectiveConversation(pair.Id, pair.Image, [], []) },
                _ => null,
            },
        };

        await ConstructAsync(services => services.AddSingleton<IPairConstructors>(script));

        Assert.Equal(1, readings.Growth("nsft.construction.pairs{outcome=dead_letter}"));
        Assert.Equal(PairCount, readings.Of("nsft.construction.pairs").Keys.Sum(readings.Growth));
        Assert.True(readings.Growth("nsft.construction.pairs{outcome=empty}") >= 1);
        Assert.True(readings.Growth("nsft.construction.pairs{outcome=constructed}") > PairCount / 2);
        Assert.Equal(2, readings.Growth("nsft.construction.rejected{reason=span}"));
        Assert.Equal(1, readings.Growth("nsft.construction.rejected{reason=other}"));
        Assert.Equal(0, readings.Scrape()["nsft.queue.depth{queue=blocks}"]);
    }

    [Fact]
    public async Task Chat_CountsTokensCostAndEveryFailedTry()
    {
        using var readings = new Readings();
        var server = ScriptedChatModel.Failing(1, new ChatException(ChatFailureKind.Server, "the server failed"));
        await using var cluster = await LocalCluster.StartAsync(1, Ended);
        var settings = new ChatSettings { Model = "scripted", PromptPrice = 2, CompletionPrice = 4 };
        var metered = new MeteredChatModel(server, new EndpointDesk(cluster.Client, settings, TimeProvider.System), purse: null, settings, TimeProvider.System);

        await new RetryingChatModel(metered, attemptLimit: 2, TimeProvider.System, NullLogger.Instance).CompleteAsync(ScriptedChatModel.Ask("What?"), Ended);

        Assert.Equal(1, readings.Growth("nsft.construction.errors{kind=server}"));
        Assert.Equal(100, readings.Growth("nsft.chat.tokens{kind=prompt}"));
        Assert.Equal(50, readings.Growth("nsft.chat.tokens{kind=completion}"));

        // Prices are for a million tokens; failures of the server are not billed.
        Assert.Equal(((100 * 2) + (50 * 4)) / 1e6, readings.Growth("nsft.chat.cost"), 9);
        Assert.Equal(0, readings.Scrape()["nsft.queue.depth{queue=chat}"]);
    }

    private async Task ConstructAsync(Action<IServiceCollection> configure)
    {
        var pairs = PreferenceReader.Read(RepositoryPaths.At("samples", "scenes", "preferences.json"), new PreferenceReadOptions()).Rows;
        PreferenceWriter.Write(_root.At("pairs.json"), pairs.Take(PairCount));
        await using var cluster = await LocalCluster.StartAsync(new LocalClusterOptions { SiloCount = 2, ConfigureServices = configure }, Ended);
        await new ConstructionClient(cluster.Client).ConstructAsync(
            new ConstructionSettings
            {
                DataPath = _root.At("pairs.json"),
                Options = new ConstructionOptions { BlockSize = 4 },
                Chat = new ChatSettings { Model = "scripted", Concurrency = 4 },
            },
            _root.At("out.json"),
            cancellationToken: Ended);
    }
}
