using System.Collections.Concurrent;
using NSft.Data.Chat;
using NSft.Grains.Chat;

namespace NSft.Grains.Tests.Testing;

/// <summary>A chat server in memory: answers by a script, and counts what it is asked.</summary>
internal sealed class ScriptedChatModel(Func<ChatRequest, int, CancellationToken, Task<ChatReply>> script) : IChatModel, IChatOrigin
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>Times that each question was asked.</summary>
    internal IReadOnlyDictionary<string, int> Asked => _asked;

    /// <summary>Answers every question with a text made of it.</summary>
    internal static ScriptedChatModel Echo() => new((request, _, _) => Task.FromResult(Answer(request)));

    /// <summary>Fails a number of times at each question before it answers.</summary>
    internal static ScriptedChatModel Failing(int times, ChatException failure) =>
        new((request, tries, _) => tries <= times ? Task.FromException<ChatReply>(failure) : Task.FromResult(Answer(request)));

    internal static ChatReply Answer(ChatRequest request) =>
        new($"answer to {request.Messages[^1].Text}", request.Model, IsTruncated: false, new ChatUsage(1, 100, 50, 0));

    internal static ChatRequest Ask(string text) => new("model", [new ChatMessage(ChatRole.User, text)], "test/1") { MaxTokens = 100 };

    public IChatModel Connect(ChatSettings settings) => this;

    public Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken) =>
        script(request, _asked.AddOrUpdate(request.Messages[^1].Text, 1, (_, count) => count + 1), cancellationToken);
}
