using System.Text;
using System.Text.Json;

namespace NSft.Data.Chat.OpenAi;

/// <summary>A chat completion as a server wrote it.</summary>
/// <param name="Text">The answer; null when there is none.</param>
/// <param name="Refusal">Why the model refused, or null.</param>
/// <param name="FinishReason">Why it ended, or empty.</param>
/// <param name="Model">Model that the server says it used, or null.</param>
/// <param name="PromptTokens">Tokens sent, or null when the server does not count.</param>
/// <param name="CompletionTokens">Tokens received, or null when the server does not count.</param>
internal sealed record ReplyBody(string? Text, string? Refusal, string FinishReason, string? Model, long? PromptTokens, long? CompletionTokens)
{
    /// <summary>Whether the answer ended at the longest allowed.</summary>
    public bool IsTruncated => FinishReason is "length" or "max_tokens";

    /// <summary>Whether a filter or the model itself held the answer back.</summary>
    public bool IsFiltered => FinishReason == "content_filter" || Refusal is not null;

    /// <summary>Reads a completion.</summary>
    /// <returns>Null when the element is none.</returns>
    /// <exception cref="InvalidOperationException">It holds text that is no Unicode.</exception>
    public static ReplyBody? Read(JsonElement root)
    {
        if (Field(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
        {
            return null;
        }

        JsonElement choice = choices[0];
        if (Field(choice, "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            return null;
        }

        JsonElement? usage = Field(root, "usage");
        return new ReplyBody(
            Content(Field(message, "content")),
            String(Field(message, "refusal")),
            String(Field(choice, "finish_reason")) ?? "",
            String(Field(root, "model")),
            Count(usage, "prompt_tokens"),
            Count(usage, "completion_tokens"));
    }

    // Some servers write the text as a list of parts.
    private static string? Content(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Array } parts)
        {
            return String(content);
        }

        StringBuilder text = new();
        foreach (JsonElement part in parts.EnumerateArray())
        {
            text.Append(String(Field(part, "text")));
        }

        return text.ToString();
    }

    private static JsonElement? Field(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } && element.Value.TryGetProperty(name, out JsonElement value) ? value : null;

    private static string? String(JsonElement? element) => element is { ValueKind: JsonValueKind.String } ? element.Value.GetString() : null;

    private static long? Count(JsonElement? usage, string name) =>
        Field(usage, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long count) && count >= 0 ? count : null;
}
