using System.Collections.Concurrent;
using NSft.Data.Chat;

namespace NSft.Data.Tests.Language;

/// <summary>A chat model that gives the answers of a test, one after the other; an exception is thrown.</summary>
internal sealed class ScriptedChat(params object[] answers) : IChatModel
{
    private readonly ConcurrentQueue<object> _answers = new(answers);

    public ConcurrentQueue<ChatRequest> Requests { get; } = [];

    public Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Enqueue(request);
        object answer = _answers.TryDequeue(out object? next) ? next : throw new InvalidOperationException("a request that the test did not expect");
        return answer switch
        {
            ChatReply reply => Task.FromResult(reply),
            string text => Task.FromResult(new ChatReply(text, request.Model, false, new ChatUsage(1, 100, 10, 0))),
            Exception exception => Task.FromException<ChatReply>(exception),
            _ => throw new ArgumentException("neither reply nor failure"),
        };
    }
}
