using NSft.Data;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Benchmarks.Practice;

namespace NSft.Grains.Tests.Chat;

/// <summary>The practice server over HTTP, asked by the client that real servers are asked by.</summary>
public sealed class PracticeServerTests
{
    private static readonly PreferencePair Pair = new("pair", "a.jpg", "What is there?", "A long grey wall.", "A short white fence.");

    public static TheoryData<PracticeFault, ChatFailureKind> Failures => new()
    {
        { PracticeFault.Throttled, ChatFailureKind.RateLimited },
        { PracticeFault.ServerError, ChatFailureKind.Server },
        { PracticeFault.TruncatedJson, ChatFailureKind.Malformed },
        { PracticeFault.MalformedJson, ChatFailureKind.Malformed },
        { PracticeFault.BrokenBody, ChatFailureKind.Connection },
        { PracticeFault.DroppedConnection, ChatFailureKind.Connection },
        { PracticeFault.Hang, ChatFailureKind.Timeout },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Ask_FaultOfTheExchange_IsAPassingFailureOfItsKindAndNotPaid(PracticeFault fault, ChatFailureKind kind)
    {
        await using var server = await StartAsync(fault);
        var model = new OpenAiChatModel(new ChatEndpoint(server.Url, string.Empty, TimeSpan.FromSeconds(fault == PracticeFault.Hang ? 1 : 60)));

        var failure = await Assert.ThrowsAsync<ChatException>(() => model.CompleteAsync(
            new ChatRequest("practice", [new ChatMessage(ChatRole.User, "hello")], "test/1"), TestContext.Current.CancellationToken));

        Assert.Equal(kind, failure.Kind);
        Assert.True(failure.IsPassing);
        Assert.Equal(0, server.Ledger.PaidCount);
        Assert.Equal(fault == PracticeFault.Throttled ? TimeSpan.FromSeconds(1) : null, failure.RetryAfter);
    }

    [Theory]
    [InlineData(PracticeFault.None, true)]
    [InlineData(PracticeFault.None, false)]
    [InlineData(PracticeFault.SlowBody, true)]
    public async Task Construct_GoodAnswer_PassesEveryCheckAndIsPaidOnce(PracticeFault fault, bool useCodebook)
    {
        await using var server = await StartAsync(fault);

        var result = await ConstructAsync(server, useCodebook);

        Assert.Null(result.DeadLetter);
        Assert.Empty(result.Rejections);
        Assert.Equal(5, result.Conversation!.Turns.Count);
        Assert.True(Assert.Single(server.Ledger.Payments).IsDelivered);
    }

    [Theory]
    [InlineData(PracticeFault.SchemaViolation, RejectionReason.Schema)]
    [InlineData(PracticeFault.WrongContent, RejectionReason.Span)]
    public async Task Construct_AnswerThatBreaksTheRules_IsRepairedOnceAndThenADeadLetter(PracticeFault fault, string reason)
    {
        await using var server = await StartAsync(fault);

        var result = await ConstructAsync(server, useCodebook: true);

        Assert.Equal(reason, result.DeadLetter!.Reason);
        Assert.Equal(2, server.Ledger.PaidCount);
        Assert.Equal(2, server.Ledger.Payments.DistinctBy(payment => payment.Key).Count());
    }

    [Fact]
    public void FaultOf_SameSeed_IsTheSameAndComesAsOftenAsToldTo()
    {
        var options = new PracticeServerOptions { Faults = PracticeServerOptions.Mixed(0.2), Seed = 3 };
        var faults = Enumerable.Range(0, 10_000).Select(index => options.FaultOf($"{index}", 1)).ToList();

        Assert.Equal(faults, Enumerable.Range(0, 10_000).Select(index => options.FaultOf($"{index}", 1)));
        Assert.InRange(faults.Count(fault => fault != PracticeFault.None), 1_850, 2_150);
        Assert.Equal(Enum.GetValues<PracticeFault>().Length, faults.Distinct().Count());
    }

    private static Task<PracticeServer> StartAsync(PracticeFault fault) => PracticeServer.StartAsync(
        new PracticeServerOptions { Latency = TimeSpan.FromMilliseconds(5), Faults = new Dictionary<PracticeFault, double> { [fault] = 1 } },
        TestContext.Current.CancellationToken);

    private static async Task<PairResult> ConstructAsync(PracticeServer server, bool useCodebook)
    {
        var chat = new OpenAiChatModel(new ChatEndpoint(server.Url, string.Empty, TimeSpan.FromSeconds(60)));
        var constructor = new LanguageConstructor(
            chat, VisionErrorCodebook.Load(), new LanguageOptions { Model = "practice", UseCodebook = useCodebook }, null, Lexicon.Load(Lexicon.Default));
        return await constructor.ConstructAsync(Pair, TestContext.Current.CancellationToken);
    }
}
