using NSft.Data.Chat;

namespace NSft.Data.Construction;

/// <summary>What became of a pair: a conversation or a dead letter, never both and never neither.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Constructor">Who made it: <c>rules</c> or <c>openai</c>; for a hybrid the part that did.</param>
public sealed record PairResult(string PairId, string Constructor)
{
    /// <summary>The conversation, which may have no turns; null for a dead letter.</summary>
    public CorrectiveConversation? Conversation { get; init; }

    /// <summary>Why there is no conversation; null when there is one.</summary>
    public DeadLetter? DeadLetter { get; init; }

    /// <summary>Reasons why responses were rejected on the way, each as often as it occurred; see <see cref="RejectionReason"/>.</summary>
    public IReadOnlyList<string> Rejections { get; init; } = [];

    /// <summary>Whether a response was repaired by a second request.</summary>
    public bool IsRepaired { get; init; }

    /// <summary>Whether rules took over after the language model failed.</summary>
    public bool IsFallback { get; init; }

    /// <summary>What requests it took.</summary>
    public ChatUsage Usage { get; init; } = ChatUsage.None;

    /// <summary>SHA-256 of the prompt that was used, lower-case hexadecimal; null for rules.</summary>
    public string? PromptHash { get; init; }
}
