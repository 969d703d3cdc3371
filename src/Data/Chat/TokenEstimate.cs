using System.Text;

namespace NSft.Data.Chat;

/// <summary>Estimates tokens where nobody counted them: four bytes of UTF-8 a token, rounded up.</summary>
/// <remarks>English prose has about four characters a token in the vocabularies of chat models, JSON somewhat fewer; no vocabulary is bundled.</remarks>
public static class TokenEstimate
{
    private const int BytesPerToken = 4;

    /// <summary>How it is estimated, for people to read.</summary>
    public const string Method = "4 bytes of UTF-8 a token";

    /// <summary>Tokens of a text.</summary>
    public static long Of(string text) => OfBytes(Encoding.UTF8.GetByteCount(text));

    /// <summary>Tokens of a chat's texts and schema; images are not counted.</summary>
    public static long Of(ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        long bytes = Encoding.UTF8.GetByteCount(request.Schema ?? "");
        return OfBytes(request.Messages.Aggregate(bytes, (sum, message) => sum + Encoding.UTF8.GetByteCount(message.Text)));
    }

    /// <summary>Tokens of so many bytes of text.</summary>
    public static long OfBytes(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;
}
