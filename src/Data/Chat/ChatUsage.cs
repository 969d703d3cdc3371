namespace NSft.Data.Chat;

/// <summary>What requests took; adds up.</summary>
/// <param name="Requests">Requests that a server was asked.</param>
/// <param name="PromptTokens">Tokens sent.</param>
/// <param name="CompletionTokens">Tokens received.</param>
/// <param name="StoredAnswers">Answers that came from the store and were not paid again.</param>
public sealed record ChatUsage(long Requests, long PromptTokens, long CompletionTokens, long StoredAnswers)
{
    /// <summary>Nothing.</summary>
    public static ChatUsage None { get; } = new(0, 0, 0, 0);

    /// <summary>Both together.</summary>
    public ChatUsage Add(ChatUsage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ChatUsage(
            Requests + other.Requests,
            PromptTokens + other.PromptTokens,
            CompletionTokens + other.CompletionTokens,
            StoredAnswers + other.StoredAnswers);
    }
}
