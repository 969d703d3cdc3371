using System.Text.Json;
using NSft.Data.Chat;
using static NSft.Data.Tests.Chat.ScriptedChatServer;

namespace NSft.Data.Tests.Chat;

/// <summary>The OpenAI client against a server that does all that servers do.</summary>
public sealed class OpenAiChatModelTests
{
    private const string Key = "sk-test-0123456789abcdef";
    private const string Schema = """{"type":"object","properties":{},"required":[],"additionalProperties":false}""";

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly ChatRequest Question = new("tiny", [new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Is it?")], "test/1");

    [Fact]
    public async Task Complete_WholeAnswer_CarriesTextModelAndUsage()
    {
        await using ScriptedChatServer server = new(_ => Completion("Yes."));
        ChatReply reply = await Ask(server, Question with { Schema = Schema, SchemaName = "answer", Seed = 7, Temperature = 0.2, MaxTokens = 99 });
        Assert.Equal(new ChatReply("Yes.", "served", false, new ChatUsage(1, 11, 7, 0)), reply);
        Request request = Assert.Single(server.Requests);
        Assert.Equal("POST /v1/chat/completions HTTP/1.1", request.Line);
        Assert.Equal("Bearer " + Key, request.Headers["Authorization"]);
        using JsonDocument body = JsonDocument.Parse(request.Body);
        JsonElement root = body.RootElement;
        Assert.Equal("tiny", root.GetProperty("model").GetString());
        Assert.Equal(["system", "user"], root.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()!));
        Assert.Equal("Is it?", root.GetProperty("messages")[1].GetProperty("content").GetString());
        Assert.Equal((99, 7L, 0.2), (root.GetProperty("max_tokens").GetInt32(), root.GetProperty("seed").GetInt64(), root.GetProperty("temperature").GetDouble()));
        JsonElement form = root.GetProperty("response_format");
        Assert.Equal("json_schema", form.GetProperty("type").GetString());
        Assert.Equal(Schema, form.GetProperty("json_schema").GetProperty("schema").GetRawText());
        Assert.True(form.GetProperty("json_schema").GetProperty("strict").GetBoolean());
    }

    [Fact]
    public async Task Complete_ImageMessage_SendsDataUrl()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("image.bin", [0xFF, 0xD8, 0xFF, 1, 2, 3]);
        await using ScriptedChatServer server = new(_ => Completion("A cat."));
        await Ask(server, Question with { Messages = [new ChatMessage(ChatRole.User, "What?", path)] });
        using JsonDocument body = JsonDocument.Parse(Assert.Single(server.Requests).Body);
        JsonElement content = body.RootElement.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal("What?", content[0].GetProperty("text").GetString());
        Assert.Equal("data:image/jpeg;base64,/9j/AQID", content[1].GetProperty("image_url").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/chat/completions")]
    [InlineData("/chat/completions/")]
    public async Task Complete_AddressWrittenAnotherWay_ReachesTheSamePlace(string end)
    {
        await using ScriptedChatServer server = new(_ => Completion("Yes."));
        await new OpenAiChatModel(new ChatEndpoint(new Uri(server.BaseUrl + end), Key, Long)).CompleteAsync(Question, TestContext.Current.CancellationToken);
        Assert.Equal("POST /v1/chat/completions HTTP/1.1", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Complete_RefusalThatRepeatsThePrompt_TellsPlaceAndWordsOnly()
    {
        await using ScriptedChatServer server = new(_ => Response(422, """{"detail":[{"loc":["body","model"],"msg":"Field required","input":{"messages":["Is it?"]}}]}"""));
        Assert.EndsWith("(status 422): body.model Field required", (await Fail(server, Question)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.jpg", "cannot be read")]
    [InlineData("text.jpg", "no JPEG")]
    public async Task Complete_UnusableImage_IsRefusedBeforeAnythingIsSent(string name, string reason)
    {
        using TemporaryFolder folder = new();
        folder.Write("text.jpg", "text");
        await using ScriptedChatServer server = new(_ => Completion(""));
        ChatException failure = await Fail(server, Question with { Messages = [new ChatMessage(ChatRole.User, "What?", Path.Combine(folder.Root, name))] });
        Assert.Equal(ChatFailureKind.Refused, failure.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Complete_WithoutKey_SendsNoAuthorization()
    {
        await using ScriptedChatServer server = new(_ => Completion("Yes."));
        await new OpenAiChatModel(new ChatEndpoint(server.BaseUrl, "", Long)).CompleteAsync(Question, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Authorization", Assert.Single(server.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: sk-test-0123456789abcdef (sk-test**********cdef).","code":"invalid_api_key"}}""", ChatFailureKind.Unauthorized)]
    [InlineData(403, """{"error":{"message":"no access"}}""", ChatFailureKind.Unauthorized)]
    [InlineData(404, """{"error":{"message":"The model `x` does not exist","code":"model_not_found"}}""", ChatFailureKind.Unauthorized)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}""", ChatFailureKind.QuotaSpent)]
    [InlineData(402, "", ChatFailureKind.QuotaSpent)]
    [InlineData(429, """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""", ChatFailureKind.RateLimited)]
    [InlineData(429, "<html>slow down</html>", ChatFailureKind.RateLimited)]
    [InlineData(500, "", ChatFailureKind.Server)]
    [InlineData(503, """{"detail":"loading"}""", ChatFailureKind.Server)]
    [InlineData(408, "", ChatFailureKind.Timeout)]
    [InlineData(400, """{"error":{"message":"filtered","code":"content_filter"}}""", ChatFailureKind.Filtered)]
    [InlineData(400, """{"error":{"message":"too many tokens","code":"context_length_exceeded"}}""", ChatFailureKind.Refused)]
    [InlineData(413, "", ChatFailureKind.Refused)]
    [InlineData(301, "", ChatFailureKind.Refused)]
    [InlineData(200, """{"error":{"message":"upstream is busy","code":429}}""", ChatFailureKind.RateLimited)]
    public async Task Complete_Failure_HasItsKindAndOneLineWithoutKey(int status, string body, ChatFailureKind kind)
    {
        await using ScriptedChatServer server = new(_ => Response(status, body));
        ChatException failure = await Fail(server, Question);
        Assert.Equal(kind, failure.Kind);
        Assert.Single(server.Requests);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.StartsWith($"http://127.0.0.1:{server.BaseUrl.Port}, model tiny: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-test", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("cdef", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":7}")]
    [InlineData("{\"choices\":[7]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null},\"finish_reason\":\"stop\"}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"\\ud800\"}}]}")]
    [InlineData("{\"error\":\"no such thing\"}")]
    public async Task Complete_OtherBody_IsMalformed(string body)
    {
        await using ScriptedChatServer server = new(_ => Response(200, body));
        ChatException failure = await Fail(server, Question);
        Assert.Equal((ChatFailureKind.Malformed, true), (failure.Kind, failure.IsPassing));
    }

    [Theory]
    [InlineData("length", "Yes, and", true)]
    [InlineData("stop", "Yes.", false)]
    [InlineData("a reason of tomorrow", "Yes.", false)]
    public async Task Complete_FinishReason_SaysWhetherItWasCut(string finish, string text, bool isTruncated)
    {
        await using ScriptedChatServer server = new(_ => Completion(text, finish));
        Assert.Equal((text, isTruncated), ((await Ask(server, Question)).Text, (await Ask(server, Question)).IsTruncated));
    }

    [Theory]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"content_filter\"}]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I can't.\"},\"finish_reason\":\"stop\"}]}")]
    public async Task Complete_HeldBack_IsFiltered(string body)
    {
        await using ScriptedChatServer server = new(_ => Response(200, body));
        Assert.Equal(ChatFailureKind.Filtered, (await Fail(server, Question)).Kind);
    }

    [Fact]
    public async Task Complete_ServerWithoutUsage_IsEstimated()
    {
        await using ScriptedChatServer server = new(_ => Response(200, """{"choices":[{"message":{"content":[{"type":"text","text":"Yes, it "},{"type":"text","text":"is."}]}}]}"""));
        ChatReply reply = await Ask(server, Question);
        Assert.Equal(("Yes, it is.", "tiny"), (reply.Text, reply.Model));
        Assert.Equal(new ChatUsage(1, 4, 3, 0), reply.Usage);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7000)]
    [InlineData("Retry-After: 0.5", 500)]
    [InlineData("retry-after-ms: 250", 250)]
    [InlineData("Retry-After: -3", 0)]
    [InlineData("Retry-After: 1e300", 86_400_000)]
    [InlineData("Retry-After: Sat, 21 Nov 2026 10:00:30 GMT", 30_000)]
    [InlineData("Retry-After: soon", -1)]
    [InlineData("X: y", -1)]
    public async Task Complete_RetryAfter_IsRead(string header, int milliseconds)
    {
        await using ScriptedChatServer server = new(_ => Response(429, "", header));
        OpenAiChatModel model = new(new ChatEndpoint(server.BaseUrl, Key, Long), new FixedTime(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero)));
        ChatException failure = await Assert.ThrowsAsync<ChatException>(() => model.CompleteAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(milliseconds < 0 ? null : TimeSpan.FromMilliseconds(milliseconds), failure.RetryAfter);
    }

    private static async Task<ChatReply> Ask(ScriptedChatServer server, ChatRequest request) =>
        await new OpenAiChatModel(new ChatEndpoint(server.BaseUrl, Key, Long)).CompleteAsync(request, TestContext.Current.CancellationToken);

    private static async Task<ChatException> Fail(ScriptedChatServer server, ChatRequest request)
    {
        OpenAiChatModel model = new(new ChatEndpoint(server.BaseUrl, Key, Long));
        return await Assert.ThrowsAsync<ChatException>(() => model.CompleteAsync(request, TestContext.Current.CancellationToken));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
