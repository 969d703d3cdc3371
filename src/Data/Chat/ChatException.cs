namespace NSft.Data.Chat;

/// <summary>A chat model gave no answer. The message names server, model and reason, never a key.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What happened, on one line.</param>
/// <param name="retryAfter">How long the server asks to wait; null when it does not say.</param>
/// <param name="innerException">What it came from.</param>
public sealed class ChatException(ChatFailureKind kind, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public ChatFailureKind Kind { get; } = kind;

    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsPassing => Kind is ChatFailureKind.RateLimited or ChatFailureKind.Server or ChatFailureKind.Timeout or ChatFailureKind.Connection or ChatFailureKind.Malformed;

    /// <summary>Whether no request of the job can succeed any more.</summary>
    public bool EndsJob => Kind is ChatFailureKind.Unauthorized or ChatFailureKind.QuotaSpent or ChatFailureKind.BudgetSpent or ChatFailureKind.Unavailable;
}
