namespace NSft.Data.Chat;

/// <summary>Answers chats: a server, or a layer around one that stores answers, keeps rates or tries again. Safe from any thread.</summary>
public interface IChatModel
{
    /// <summary>Answers a chat.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ChatException">No answer came.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<ChatReply> CompleteAsync(ChatRequest request, CancellationToken cancellationToken);
}
