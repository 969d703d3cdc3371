namespace NSft.Data.Chat;

/// <summary>What a chat model is asked. Everything that the answer depends on is here, so its hash names the answer.</summary>
/// <param name="Model">Name of the model, as its server knows it.</param>
/// <param name="Messages">The messages in order; at least one.</param>
/// <param name="PromptVersion">Name and version of the prompt, such as <c>construct-vec/1</c>.</param>
public sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, string PromptVersion)
{
    /// <summary>Name of the schema; null for free text.</summary>
    public string? SchemaName { get; init; }

    /// <summary>JSON schema that the answer has to follow; null for free text.</summary>
    public string? Schema { get; init; }

    /// <summary>Sampling temperature, 0 to 2. Default 0.</summary>
    public double Temperature { get; init; }

    /// <summary>Seed for servers that take one; null to send none.</summary>
    public long? Seed { get; init; }

    /// <summary>Longest answer in tokens.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>Which of several answers to the same question this is, from 0.</summary>
    public int Sample { get; init; }
}
