using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NSft.Collectives;
using NSft.Data.Chat;
using NSft.Grains.Chat;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Grains.Tests.Testing;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Storage;

namespace NSft.Grains.Tests.Chat;

/// <summary>All layers on a cluster of three silos, against a server in memory.</summary>
public sealed class ChatClusterTests : IDisposable
{
    private const string Job = "job";

    private static readonly ChatSettings Settings = new() { Model = "model", BaseUrl = new Uri("http://127.0.0.1:1/v1") };

    private readonly TemporaryDirectory _root = new();
    private readonly Dictionary<string, IChatModels> _models = [];

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Complete_ManyOverThreeSilos_PaysEachOnceAndASecondRunNothing()
    {
        var server = ScriptedChatModel.Echo();
        await using var cluster = await StartAsync(server);
        var settings = Settings with { AnswerDirectory = _root.At("answers") };

        var first = await AskAllAsync(settings, Job, 300);
        var second = await AskAllAsync(settings, "another", 300);

        Assert.All(server.Asked.Values, count => Assert.Equal(1, count));
        Assert.Equal(300, first.Sum(reply => reply!.Usage.Requests));
        Assert.Equal(new ChatUsage(0, 0, 0, 300), second.Aggregate(ChatUsage.None, (sum, reply) => sum.Add(reply!.Usage)));
    }

    [Fact]
    public async Task Complete_Budget_IsNeverExceededAndIsUsedUp()
    {
        // A request takes 100 and 50 tokens: 0.0002; at most it may cost 15 for its text, 8 for its form, and 100 tokens of answer.
        var server = ScriptedChatModel.Echo();
        await using var cluster = await StartAsync(server);
        var settings = Settings with { Budget = 0.02m, PromptPrice = 1, CompletionPrice = 2 };

        var replies = await AskAllAsync(settings, Job, 400, failure => Assert.Equal(ChatFailureKind.BudgetSpent, failure.Kind));

        var answered = replies.Count(reply => reply is not null);
        Assert.InRange(answered, 95, 100);
        Assert.Equal(answered, server.Asked.Values.Sum());
    }

    [Fact]
    public async Task Complete_LedgerLosesItsSilo_StillKeepsTheBudget()
    {
        var server = ScriptedChatModel.Echo();
        await using var cluster = await StartAsync(server, services => services.AddKeyedSingleton<IGrainStorage>(GrainStorageNames.State, new FileGrainStorage(
            GrainStorageNames.State, Options.Create(new StateDirectoryOptions { Path = _root.At("state") }), TimeProvider.System)));
        var settings = Settings with { Budget = 0.02m, PromptPrice = 1, CompletionPrice = 2 };
        var victim = _models.Keys.Max(StringComparer.Ordinal)!;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, SiloAddress.FromParsableString(victim));
        await cluster.Client.GetGrain<ISpendingGrain>(Job).AskAsync(new SpendingRequest("nobody", victim, 1, 0, 0, []));
        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        await AskAllAsync(settings, Job, 60);

        cluster.CrashSilo(victim);
        _models.Remove(victim);
        var more = await AskAllAsync(settings, Job, 400, failure => Assert.Equal(ChatFailureKind.BudgetSpent, failure.Kind), from: 60);

        Assert.InRange(60 + more.Count(reply => reply is not null), 95, 100);
    }

    [Fact]
    public async Task Complete_ServerDownForAWhile_WaitsAndLosesNothing()
    {
        // Enough to open the circuit, and the first trial after that.
        var failures = CircuitBreaker.ConsecutiveLimit + 1;
        var server = new ScriptedChatModel((request, _, _) => Interlocked.Decrement(ref failures) >= 0
            ? Task.FromException<ChatReply>(new ChatException(ChatFailureKind.Server, "503"))
            : Task.FromResult(ScriptedChatModel.Answer(request)));
        await using var cluster = await StartAsync(server);

        var replies = await AskAllAsync(Settings, Job, 30);

        Assert.All(replies, Assert.NotNull);
    }

    [Fact]
    public async Task Complete_ServerDownBeyondPatience_EndsTheJobWithTheReason()
    {
        var server = ScriptedChatModel.Failing(int.MaxValue, new ChatException(ChatFailureKind.Connection, "nobody listens"));
        await using var cluster = await StartAsync(server);

        await AskAllAsync(Settings with { Patience = TimeSpan.FromSeconds(1), AttemptLimit = 1_000 }, Job, 30, failure =>
        {
            Assert.Equal(ChatFailureKind.Unavailable, failure.Kind);
            Assert.Contains("nobody listens", failure.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Complete_Throttled_PausesTheOtherSilosToo()
    {
        var throttled = 0;
        var early = 0;
        var pausedAt = 0L;
        var pause = TimeSpan.FromMilliseconds(600);
        var server = new ScriptedChatModel((request, _, _) =>
        {
            if (Interlocked.Exchange(ref throttled, 1) == 0)
            {
                pausedAt = TimeProvider.System.GetTimestamp();
                return Task.FromException<ChatReply>(new ChatException(ChatFailureKind.RateLimited, "slow down", pause));
            }

            Interlocked.Add(ref early, TimeProvider.System.GetElapsedTime(pausedAt) < pause ? 1 : 0);
            return Task.FromResult(ScriptedChatModel.Answer(request));
        });
        await using var cluster = await StartAsync(server);

        var first = _models.Values.First().Open(Settings, Job).CompleteAsync(ScriptedChatModel.Ask("first"), TestContext.Current.CancellationToken);
        var gate = cluster.Client.GetGrain<IChatGateGrain>(EndpointDesk.KeyOf(Settings));
        while ((await gate.AskAsync(new GateRequest([1], 0, 0, Settings.Timeout))).Granted > 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await AskAllAsync(Settings, Job, 30);
        await first;

        Assert.Equal(0, early);
    }

    [Fact]
    public async Task Open_SettingsThatCannotBe_AreTheUsersInput()
    {
        await using var cluster = await StartAsync(ScriptedChatModel.Echo());

        Assert.Contains("prices", Assert.Throws<UserInputException>(() => _models.Values.First().Open(Settings with { Budget = 1 }, Job)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Assert.Throws<UserInputException>(() =>
            _models.Values.First().Open(Settings with { BaseUrl = new Uri("http://me:hunter2@host/v1") }, Job)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_AsJson_ComeBackAndHoldNoKey()
    {
        var settings = Settings with { Budget = 1.5m, PromptPrice = 0.1m, Timeout = TimeSpan.FromSeconds(3), KeyVariable = "SOME_VARIABLE", AnswerDirectory = "answers" };

        Assert.Equal(settings, ChatSettings.FromJson(settings.ToJson()));
    }

    private async Task<LocalCluster> StartAsync(IChatOrigin server, Action<IServiceCollection>? configure = null) => await LocalCluster.StartAsync(
        new LocalClusterOptions
        {
            SiloCount = 3,
            ConfigureServices = services =>
            {
                services.AddSingleton(server);
                services.AddSingleton<IChatModels>(provider =>
                {
                    var models = ActivatorUtilities.CreateInstance<ChatModels>(provider);
                    lock (_models)
                    {
                        _models.Add(provider.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString(), models);
                    }

                    return models;
                });
                services.AddHostedService<ModelsOpener>();
                configure?.Invoke(services);
            },
        },
        TestContext.Current.CancellationToken);

    private async Task<ChatReply?[]> AskAllAsync(ChatSettings settings, string job, int count, Action<ChatException>? onFailure = null, int from = 0)
    {
        IChatModels[] models = [.. _models.Values];
        return await Task.WhenAll(Enumerable.Range(from, count).Select(async index =>
        {
            try
            {
                return await models[index % models.Length].Open(settings, job).CompleteAsync(ScriptedChatModel.Ask($"question {index:0000}"), TestContext.Current.CancellationToken);
            }
            catch (ChatException failure) when (onFailure is not null)
            {
                onFailure(failure);
                return null;
            }
        }));
    }

    /// <summary>Makes every silo create its models, so that the test has them.</summary>
    private sealed class ModelsOpener(IChatModels models) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => models is null ? throw new InvalidOperationException() : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
