using System.Text;
using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>How many tokens a request takes, before its server says: expected, for rates, and at most, for a budget.</summary>
internal static class ChatTokens
{
    // What a chat's form adds; no tokenizer in use makes more than one token of a byte of text.
    private const int TokensPerMessage = 8;

    // A photograph in full detail: what servers say they count, and beyond what any of them counts for one.
    private const int ExpectedPerImage = 1_100;
    private const int MostPerImage = 12_000;

    /// <summary>Tokens sent, as expected.</summary>
    internal static long ExpectedPrompt(ChatRequest request) =>
        TokenEstimate.Of(request) + request.Messages.Sum(message => TokensPerMessage + (message.ImagePath is null ? 0 : ExpectedPerImage));

    /// <summary>Tokens sent, at most.</summary>
    internal static long MostPrompt(ChatRequest request) =>
        request.Messages.Sum(message => Encoding.UTF8.GetByteCount(message.Text) + TokensPerMessage + (message.ImagePath is null ? 0 : MostPerImage))
        + Encoding.UTF8.GetByteCount(request.Schema ?? string.Empty);
}
