using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>An answer as it lies in the store.</summary>
internal sealed record StoredAnswer
{
    /// <summary>The key that it answers.</summary>
    public required string Key { get; init; }

    /// <summary>Model that the server said it used.</summary>
    public required string Model { get; init; }

    /// <summary>Name and version of the prompt.</summary>
    public required string PromptVersion { get; init; }

    /// <summary>The answer.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256 of the answer; an entry whose answer has another is corrupt.</summary>
    public required string TextHash { get; init; }

    /// <summary>Whether the answer was cut at the longest allowed.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>What it took.</summary>
    public required ChatUsage Usage { get; init; }

    /// <summary>The question; null unless questions are kept.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }
}
