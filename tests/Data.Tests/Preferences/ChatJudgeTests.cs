using NSft.Data.Chat;
using NSft.Data.Preferences;
using NSft.Data.Preferences.Judging;
using NSft.Data.Sampling;

namespace NSft.Data.Tests.Preferences;

public sealed class ChatJudgeTests
{
    private const string Good = """{"rationale":"right","helpfulness":4,"correctness":3,"coherence":4,"complexity":1,"verbosity":2}""";

    private static readonly CompletionRow Row = new("a", "a.jpg", "What is it?", [new Completion("A cat.", 3, false)]) { Reference = "A dog." };

    [Fact]
    public async Task Rate_ValidResponse_IsTheRating()
    {
        ScriptedChat chat = new($"```json\n{Good}\n```");
        RatedCompletion rated = await new ChatJudge(chat, new ChatJudgeOptions { Model = "m" }).RateAsync(Row, 0, TestContext.Current.CancellationToken);
        Assert.Equal(new RatedCompletion("A cat.", new HelpSteerRating(4, 3, 4, 1, 2), "right"), rated);
        ChatRequest request = Assert.Single(chat.Requests);
        Assert.Contains("A dog.", request.Messages[1].Text, StringComparison.Ordinal);
        Assert.Null(request.Messages[1].ImagePath);
        Assert.Equal("judge-helpsteer.v1", request.PromptVersion);
    }

    [Fact]
    public async Task Rate_SeveralSamples_IsTheirMean()
    {
        ScriptedChat chat = new(Good, Good.Replace("\"correctness\":3", "\"correctness\":0", StringComparison.Ordinal));
        ChatJudgeOptions options = new() { Model = "m", SampleCount = 2, Temperature = 0.5, ImageDirectory = "images" };
        RatedCompletion rated = await new ChatJudge(chat, options).RateAsync(Row, 0, TestContext.Current.CancellationToken);
        Assert.Equal(1.5, rated.Rating!.Correctness);
        Assert.Equal([0, 1], chat.Requests.Select(request => request.Sample));
        Assert.Equal(Path.Combine("images", "a.jpg"), chat.Requests[0].Messages[1].ImagePath);
    }

    [Theory]
    [InlineData("no object", "no JSON object")]
    [InlineData("{\"rationale\":", "no JSON object")]
    [InlineData("{nothing}", "not valid JSON")]
    [InlineData("{\"rationale\":\"x\",\"helpfulness\":4,\"correctness\":2.5,\"coherence\":4,\"complexity\":1,\"verbosity\":2}", "\"correctness\" is no whole number")]
    [InlineData("{\"helpfulness\":4,\"correctness\":2,\"coherence\":4,\"complexity\":1,\"verbosity\":2}", "\"rationale\" is no text")]
    public async Task Rate_InvalidResponse_IsMendedOnce(string bad, string problem)
    {
        ScriptedChat chat = new(bad, Good);
        ChatJudge judge = new(chat, new ChatJudgeOptions { Model = "m" });
        Assert.NotNull((await judge.RateAsync(Row, 0, TestContext.Current.CancellationToken)).Rating);
        Assert.Contains(problem, chat.Requests[1].Messages[^1].Text, StringComparison.Ordinal);
        Assert.Null((await new ChatJudge(new ScriptedChat(bad, bad), new ChatJudgeOptions { Model = "m" }).RateAsync(Row, 0, TestContext.Current.CancellationToken)).Rating);
    }

    [Fact]
    public async Task Rate_FailedRequest_IsAResultUnlessItEndsTheJob()
    {
        ChatJudgeOptions options = new() { Model = "m" };
        RatedCompletion rated = await new ChatJudge(new ScriptedChat(new ChatException(ChatFailureKind.Refused, "too long")), options)
            .RateAsync(Row, 0, TestContext.Current.CancellationToken);
        Assert.Equal(new RatedCompletion("A cat.", null, "too long"), rated);
        ChatJudge poor = new(new ScriptedChat(new ChatException(ChatFailureKind.BudgetSpent, "spent")), options);
        await Assert.ThrowsAsync<ChatException>(async () => await poor.RateAsync(Row, 0, TestContext.Current.CancellationToken));
    }

    private sealed class ScriptedChat(params object[] script) : IChatModel
    {
        public List<ChatRequest> Requests { get; } = [];

        public Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return script[Requests.Count - 1] is string text
                ? Task.FromResult(new ChatReply(text, request.Model, false, new ChatUsage(1, 10, 5, 0)))
                : Task.FromException<ChatReply>((ChatException)script[Requests.Count - 1]);
        }
    }
}
