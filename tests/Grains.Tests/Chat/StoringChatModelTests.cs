using Microsoft.Extensions.Logging.Abstractions;
using NSft.Data.Chat;
using NSft.Grains.Chat;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

public sealed class StoringChatModelTests : IDisposable
{
    private static readonly ChatRequest Question = ScriptedChatModel.Ask("what is it?");

    private readonly TemporaryDirectory _root = new();
    private readonly ScriptedChatModel _server = ScriptedChatModel.Echo();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Complete_AskedBeforeByAnother_TakesTheStoredAnswerAndNoTokens()
    {
        var paid = await CompleteAsync(Create());
        var stored = await CompleteAsync(Create());

        Assert.Equal(paid.Text, stored.Text);
        Assert.Equal(new ChatUsage(1, 100, 50, 0), paid.Usage);
        Assert.Equal(new ChatUsage(0, 0, 0, 1), stored.Usage);
        Assert.Equal(1, _server.Asked[Question.Messages[0].Text]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\0\0\0\0")]
    public async Task Complete_CorruptEntry_IsSetAsideAndAskedAgain(string content)
    {
        await CompleteAsync(Create());
        await File.WriteAllTextAsync(PathOf(Question), content, TestContext.Current.CancellationToken);

        var reply = await CompleteAsync(Create());

        Assert.Equal(1, reply.Usage.Requests);
        Assert.Equal(content, await File.ReadAllTextAsync(PathOf(Question) + ".corrupt", TestContext.Current.CancellationToken));
        Assert.Equal(1, (await CompleteAsync(Create())).Usage.StoredAnswers);
    }

    [Fact]
    public async Task Complete_AnswerChangedOnTheDisk_IsSetAsideAndAskedAgain()
    {
        await CompleteAsync(Create());
        var path = PathOf(Question);
        await File.WriteAllTextAsync(
            path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("answer to", "insult to", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.StartsWith("answer to", (await CompleteAsync(Create())).Text, StringComparison.Ordinal);
        Assert.True(File.Exists(path + ".corrupt"));
    }

    [Fact]
    public async Task Complete_EntryOfAnotherQuestion_IsNotUsed()
    {
        var other = ScriptedChatModel.Ask("what else?");
        await CompleteAsync(Create(), other);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(Question))!);
        File.Copy(PathOf(other), PathOf(Question));

        Assert.Equal("answer to what is it?", (await CompleteAsync(Create())).Text);
    }

    [Fact]
    public async Task Complete_SameQuestionAtOnce_AsksOnce()
    {
        var gate = new TaskCompletionSource();
        var server = new ScriptedChatModel(async (request, _, _) =>
        {
            await gate.Task;
            return ScriptedChatModel.Answer(request);
        });
        var model = Create(server);
        var asking = Enumerable.Range(0, 20).Select(_ => CompleteAsync(model)).ToList();

        gate.SetResult();
        var replies = await Task.WhenAll(asking);

        Assert.Equal(1, server.Asked[Question.Messages[0].Text]);
        Assert.Single(replies, reply => reply.Usage.Requests == 1);
        Assert.Equal(19, replies.Count(reply => reply.Usage == new ChatUsage(0, 0, 0, 1)));
    }

    [Fact]
    public async Task Complete_FirstAskerGivesUp_OthersStillGetTheAnswer()
    {
        var gate = new TaskCompletionSource();
        var server = new ScriptedChatModel(async (request, _, cancellation) =>
        {
            await gate.Task.WaitAsync(cancellation);
            return ScriptedChatModel.Answer(request);
        });
        var model = Create(server);
        using var impatience = new CancellationTokenSource();
        var first = model.CompleteAsync(Question, impatience.Token);
        var second = CompleteAsync(model);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.StartsWith("answer", (await second).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_AllAskersGiveUp_EndsTheRequestAndAsksAgainLater()
    {
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var server = new ScriptedChatModel(async (request, tries, cancellation) =>
        {
            if (tries == 1)
            {
                await using var registration = cancellation.Register(ended.SetResult);
                started.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return ScriptedChatModel.Answer(request);
        });
        var model = Create(server);
        using var impatience = new CancellationTokenSource();
        var only = model.CompleteAsync(Question, impatience.Token);
        await started.Task;
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => only);
        await ended.Task;

        Assert.StartsWith("answer", (await CompleteAsync(model)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complete_Failure_IsNotStored()
    {
        var model = Create(ScriptedChatModel.Failing(1, new ChatException(ChatFailureKind.Refused, "no")));

        await Assert.ThrowsAsync<ChatException>(() => CompleteAsync(model));

        Assert.Equal(1, (await CompleteAsync(model)).Usage.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_Questions_AreKeptOnlyWhenAsked(bool keepText)
    {
        await CompleteAsync(Create(keepText: keepText), ScriptedChatModel.Ask("secret") with { Messages = [new ChatMessage(ChatRole.System, "secret"), new ChatMessage(ChatRole.User, "it")] });

        var file = Assert.Single(Directory.EnumerateFiles(_root.At("answers"), "*", SearchOption.AllDirectories));
        Assert.Equal(keepText, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_NoDirectory_KeepsNothing()
    {
        var model = new StoringChatModel(_server, null, null);

        await CompleteAsync(model);
        await CompleteAsync(model);

        Assert.Equal(2, _server.Asked[Question.Messages[0].Text]);
        Assert.Empty(_root.Entries());
    }

    private static Task<ChatReply> CompleteAsync(StoringChatModel model, ChatRequest? request = null) =>
        model.CompleteAsync(request ?? Question, TestContext.Current.CancellationToken);

    private string PathOf(ChatRequest request) => Store(keepText: false).PathOf(ChatKey.Of(request));

    private StoringChatModel Create(IChatModel? server = null, bool keepText = false) => new(server ?? _server, Store(keepText), null);

    private AnswerStore Store(bool keepText) => new(_root.At("answers"), keepText, NullLogger.Instance);
}
