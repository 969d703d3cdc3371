using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Chat;
using static NSft.Data.Tests.Chat.ScriptedChatServer;

namespace NSft.Data.Tests.Chat;

/// <summary>Servers that do not take all parts of a request, and keys.</summary>
public sealed class ServerDialectTests
{
    private const string Schema = """{"type":"object"}""";

    private static readonly ChatRequest Question = new("tiny", [new ChatMessage(ChatRole.User, "Is it?")], "test/1") { Schema = Schema, Seed = 1, Temperature = 0.5 };

    [Fact]
    public async Task Auto_ServerWithoutSchemas_IsAskedForTextFromThenOn()
    {
        await using ScriptedChatServer server = new(request => request.Body.Contains("response_format", StringComparison.Ordinal)
            ? Response(400, """{"error":{"message":"response_format is not supported"}}""")
            : Completion("{}"));
        OpenAiChatModel model = Model(server, SchemaForm.Auto);
        Assert.Equal(3, (await model.CompleteAsync(Question, TestContext.Current.CancellationToken)).Usage.Requests);
        Assert.Equal(1, (await model.CompleteAsync(Question, TestContext.Current.CancellationToken)).Usage.Requests);
        Assert.Equal(["json_schema", "json_object", null, null], server.Requests.Select(FormOf));
    }

    [Fact]
    public async Task Schema_ServerWithoutSchemas_IsAFailure()
    {
        await using ScriptedChatServer server = new(_ => Response(400, """{"error":{"message":"response_format is not supported"}}"""));
        ChatException failure = await Assert.ThrowsAsync<ChatException>(() => Model(server, SchemaForm.Schema).CompleteAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(ChatFailureKind.Refused, failure.Kind);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(SchemaForm.JsonObject, "json_object")]
    [InlineData(SchemaForm.Text, null)]
    public async Task Form_Chosen_IsAskedForAtOnce(SchemaForm form, string? sent)
    {
        await using ScriptedChatServer server = new(_ => Completion("{}"));
        await Model(server, form).CompleteAsync(Question, TestContext.Current.CancellationToken);
        Assert.Equal(sent, FormOf(Assert.Single(server.Requests)));
    }

    [Fact]
    public async Task Auto_ModelOfFewOptions_GetsOnlyThose()
    {
        await using ScriptedChatServer server = new(request => request.Body switch
        {
            string body when body.Contains("\"max_tokens\"", StringComparison.Ordinal) => Response(400, """{"error":{"message":"Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.","param":"max_tokens"}}"""),
            string body when body.Contains("temperature", StringComparison.Ordinal) => Response(400, """{"error":{"message":"Only the default (1) value is supported.","param":"temperature"}}"""),
            string body when body.Contains("seed", StringComparison.Ordinal) => Response(422, """{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"""),
            _ => Completion("{}"),
        });
        ChatReply reply = await Model(server, SchemaForm.Auto).CompleteAsync(Question, TestContext.Current.CancellationToken);
        Assert.Equal(4, reply.Usage.Requests);
        string last = server.Requests.Last().Body;
        Assert.Contains("\"max_completion_tokens\":1024", last, StringComparison.Ordinal);
        Assert.DoesNotContain("temperature", last, StringComparison.Ordinal);
        Assert.Equal("json_schema", FormOf(server.Requests.Last()));
    }

    [Fact]
    public async Task Auto_ServerThatRefusesEverything_EndsInAFailure()
    {
        await using ScriptedChatServer server = new(_ => Response(400, """{"error":{"message":"unsupported: max_tokens, max_completion_tokens, response_format, seed, temperature"}}"""));
        await Assert.ThrowsAsync<ChatException>(() => Model(server, SchemaForm.Auto).CompleteAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("ftp://host/v1", "k", "http")]
    [InlineData(null, "", "no API key")]
    [InlineData("http://host/v1", "a\nb", "characters")]
    public void Endpoint_OutOfRange_IsAUserError(string? url, string key, string reason)
    {
        UserInputException error = Assert.Throws<UserInputException>(() => new OpenAiChatModel(new ChatEndpoint(url is null ? null : new Uri(url), key, TimeSpan.FromSeconds(1))));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoint_AsTextAndJson_HidesTheKey()
    {
        ChatEndpoint endpoint = new(new Uri("http://user:secret@host:81/v1?token=hidden"), "sk-hidden", TimeSpan.FromSeconds(1));
        foreach (string text in new[] { endpoint.ToString(), endpoint.Name, JsonSerializer.Serialize(endpoint with { BaseUrl = null }) })
        {
            Assert.DoesNotContain("sk-", text, StringComparison.Ordinal);
            Assert.DoesNotContain("token", text, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        }

        Assert.Equal("http://host:81 (key hidden)", endpoint.ToString());
    }

    [Fact]
    public void ApiKeys_FileAndVariable_AreReadInThisOrder()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("key", "\uFEFFfrom-file\r\n");
        Environment.SetEnvironmentVariable("NSFT_TEST_KEY_SET", "from-variable");
        Assert.Equal("from-file", ApiKeys.Read("NSFT_TEST_KEY_SET", file));
        Assert.Equal("from-variable", ApiKeys.Read("NSFT_TEST_KEY_SET", null));
        Assert.Equal("", ApiKeys.Read("NSFT_TEST_KEY_UNSET", null, isRequired: false));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("two words-secret", "holds no API key")]
    [InlineData("line\nsecret", "holds no API key")]
    [InlineData("schl\u00fcssel-secret", "holds no API key")]
    public void ApiKeys_UnusableFile_IsNamedWithoutItsContent(string content, string reason)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("key", content);
        UserInputException error = Assert.Throws<UserInputException>(() => ApiKeys.Read("NSFT_TEST_KEY_UNSET", file, isRequired: false));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ApiKeys_NoneSet_NamesTheVariable()
    {
        UserInputException error = Assert.Throws<UserInputException>(() => ApiKeys.Read("NSFT_TEST_KEY_UNSET", null));
        Assert.Contains("NSFT_TEST_KEY_UNSET", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<UserInputException>(() => ApiKeys.Read("NSFT_TEST_KEY_UNSET", "/nowhere/key")).Message, StringComparison.Ordinal);
    }

    private static OpenAiChatModel Model(ScriptedChatServer server, SchemaForm form) =>
        new(new ChatEndpoint(server.BaseUrl, "", TimeSpan.FromSeconds(60)) { SchemaForm = form });

    private static string? FormOf(Request request)
    {
        using JsonDocument body = JsonDocument.Parse(request.Body);
        return body.RootElement.TryGetProperty("response_format", out JsonElement form) ? form.GetProperty("type").GetString() : null;
    }
}
