using NSft.Data.Chat;

namespace NSft.Grains.Construction;

/// <summary>Stands where a constructor is made to know its prompts, not to ask.</summary>
internal sealed class SilentChatModel : IChatModel
{
    internal static readonly SilentChatModel Instance = new();

    public Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing is asked here.");
}
