using System.Text;
using NSft.Data.Chat;
using static NSft.Data.Tests.Chat.ScriptedChatServer;

namespace NSft.Data.Tests.Chat;

/// <summary>The OpenAI client over connections that break, hang, trickle, never end or carry rubbish.</summary>
public sealed class OpenAiConnectionTests
{
    private const string Key = "sk-test-0123456789abcdef";

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly ChatRequest Question = new("tiny", [new ChatMessage(ChatRole.User, "Is it?")], "test/1");

    [Fact]
    public async Task Complete_BodyCutOff_IsAConnectionFailure()
    {
        await using ScriptedChatServer server = new(_ => Completion("Yes.")[..^10]);
        Assert.Equal(ChatFailureKind.Connection, (await Fail(server, Question)).Kind);
    }

    [Fact]
    public async Task Complete_ConnectionClosedAtOnce_IsAConnectionFailure()
    {
        await using ScriptedChatServer server = new(_ => "");
        Assert.Equal(ChatFailureKind.Connection, (await Fail(server, Question)).Kind);
    }

    [Fact]
    public async Task Complete_NobodyListens_IsAConnectionFailure()
    {
        Uri gone;
        await using (ScriptedChatServer server = new(_ => ""))
        {
            gone = server.BaseUrl;
        }

        OpenAiChatModel model = new(new ChatEndpoint(gone, Key, Long));
        ChatException failure = await Assert.ThrowsAsync<ChatException>(() => model.CompleteAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(ChatFailureKind.Connection, failure.Kind);
    }

    [Fact]
    public async Task Complete_NoAnswer_TimesOut()
    {
        await using ScriptedChatServer server = new((_, _, token) => Task.Delay(Timeout.Infinite, token));
        ChatException failure = await Fail(server, Question, TimeSpan.FromSeconds(0.3));
        Assert.Equal(ChatFailureKind.Timeout, failure.Kind);
        Assert.EndsWith("no whole answer within 0.3 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_BodyThatTrickles_TimesOut()
    {
        await using ScriptedChatServer server = new(async (_, stream, token) =>
        {
            foreach (byte letter in Encoding.UTF8.GetBytes(Completion(new string('x', 100_000))))
            {
                await stream.WriteAsync(new[] { letter }, token);
                await Task.Delay(10, token);
            }
        });
        Assert.Equal(ChatFailureKind.Timeout, (await Fail(server, Question, TimeSpan.FromSeconds(0.5))).Kind);
    }

    [Fact]
    public async Task Complete_Cancelled_IsNoFailureOfTheServer()
    {
        using CancellationTokenSource cancel = new();
        await using ScriptedChatServer server = new(async (_, _, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        OpenAiChatModel model = new(new ChatEndpoint(server.BaseUrl, Key, Long));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.CompleteAsync(Question, cancel.Token));
    }

    [Fact]
    public async Task Complete_EndlessBody_IsMalformed()
    {
        await using ScriptedChatServer server = new(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), token);
            byte[] block = new byte[1 << 20];
            while (true)
            {
                await stream.WriteAsync(block, token);
            }
        });
        Assert.Equal(ChatFailureKind.Malformed, (await Fail(server, Question)).Kind);
    }

    [Fact]
    public async Task Complete_MutatedBodies_AreRepliesOrFailures()
    {
        Random random = new(4);
        string good = Completion("Yes.");
        int start = good.IndexOf('{', StringComparison.Ordinal);
        await using ScriptedChatServer server = new(_ => Response(random.Next(3) == 0 ? 400 : 200, Mutated(good[start..], random)));
        OpenAiChatModel model = new(new ChatEndpoint(server.BaseUrl, Key, Long));
        int replies = 0;
        for (int round = 0; round < 300; round++)
        {
            try
            {
                await model.CompleteAsync(Question, TestContext.Current.CancellationToken);
                replies++;
            }
            catch (ChatException failure)
            {
                Assert.DoesNotContain('\n', failure.Message);
            }
        }

        Assert.InRange(replies, 1, 299);
    }

    private static string Mutated(string text, Random random)
    {
        const string Pieces = "{}[]\",:\\0-eul ";
        char[] letters = text.ToCharArray();
        for (int change = random.Next(4); change > 0; change--)
        {
            letters[random.Next(letters.Length)] = Pieces[random.Next(Pieces.Length)];
        }

        int length = random.Next(2) == 0 ? letters.Length : random.Next(letters.Length);
        return new string(letters, 0, length);
    }

    private static async Task<ChatException> Fail(ScriptedChatServer server, ChatRequest request, TimeSpan? timeout = null)
    {
        OpenAiChatModel model = new(new ChatEndpoint(server.BaseUrl, Key, timeout ?? Long));
        return await Assert.ThrowsAsync<ChatException>(() => model.CompleteAsync(request, TestContext.Current.CancellationToken));
    }
}
