using NSft.Data.Chat;

namespace NSft.Data.Tests;

public sealed class ChatKeyTests : IDisposable
{
    private static readonly ChatRequest Request = new("model", [new ChatMessage(ChatRole.System, "be brief"), new ChatMessage(ChatRole.User, "what?")], "construct/1");

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, ChatRequest> Others => new()
    {
        { "model", Request with { Model = "other" } },
        { "prompt version", Request with { PromptVersion = "construct/2" } },
        { "schema name", Request with { SchemaName = "turns" } },
        { "schema", Request with { Schema = "{}" } },
        { "temperature", Request with { Temperature = 0.2 } },
        { "seed", Request with { Seed = 0 } },
        { "max tokens", Request with { MaxTokens = 7 } },
        { "sample", Request with { Sample = 1 } },
        { "text", Request with { Messages = [Request.Messages[0], new ChatMessage(ChatRole.User, "what")] } },
        { "role", Request with { Messages = [Request.Messages[0], new ChatMessage(ChatRole.Assistant, "what?")] } },
        { "boundary", Request with { Messages = [new ChatMessage(ChatRole.System, "be briefw"), new ChatMessage(ChatRole.User, "hat?")] } },
        { "number of messages", Request with { Messages = [Request.Messages[0]] } },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_EqualRequests_AreEqual()
    {
        ChatRequest same = Request with { Messages = [.. Request.Messages.Select(message => message with { })] };

        Assert.Equal(ChatKey.Of(Request), ChatKey.Of(same));
        Assert.Matches("^[0-9a-f]{64}$", ChatKey.Of(Request));
    }

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Of_RequestThatDiffers_Differs(string what, ChatRequest other) =>
        Assert.True(ChatKey.Of(Request) != ChatKey.Of(other), what);

    [Fact]
    public void Of_AnotherServer_Differs()
    {
        Assert.NotEqual(ChatKey.Of(Request), ChatKey.Of(Request, new Uri("http://localhost:8000/v1")));
        Assert.Equal(ChatKey.Of(Request, new Uri("http://localhost:8000/v1/")), ChatKey.Of(Request, new Uri("http://localhost:8000/v1")));
    }

    [Fact]
    public void Of_Images_CountsContentNotName()
    {
        string first = _folder.Write("a.jpg", "one");
        string copy = _folder.Write("b.jpg", "one");
        string other = _folder.Write("c.jpg", "two");

        Assert.Equal(ChatKey.Of(With(first)), ChatKey.Of(With(copy)));
        Assert.NotEqual(ChatKey.Of(With(first)), ChatKey.Of(With(other)));
        Assert.NotEqual(ChatKey.Of(With(first)), ChatKey.Of(Request));
    }

    [Fact]
    public void Of_MissingImage_IsARefusalThatNamesIt()
    {
        ChatException failure = Assert.Throws<ChatException>(() => ChatKey.Of(With("none.jpg")));

        Assert.Equal(ChatFailureKind.Refused, failure.Kind);
        Assert.Contains("none.jpg", failure.Message, StringComparison.Ordinal);
    }

    private static ChatRequest With(string image) =>
        Request with { Messages = [Request.Messages[0], Request.Messages[1] with { ImagePath = image }] };
}
