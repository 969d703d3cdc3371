using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Data.Chat;

/// <summary>Names an answer by all that it depends on: model, messages, contents of images, schema, sampling, prompt version and server.</summary>
/// <remarks>Names of image files are not in it, so that a moved folder pays nothing again; neither is what differs from run to run.</remarks>
public static class ChatKey
{
    // Part of every key: answers of another composition are never mistaken for these.
    private const string Composition = "nsft-chat/1";

    /// <summary>The key of a request.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="server">Base address of the server when it is not the usual one: models of the same name differ between servers.</param>
    /// <returns>SHA-256, lower-case hexadecimal.</returns>
    /// <exception cref="ChatException">An image cannot be read.</exception>
    public static string Of(ChatRequest request, Uri? server = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Composition);
        Add(hash, server?.AbsoluteUri.TrimEnd('/'));
        Add(hash, request.Model);
        Add(hash, request.PromptVersion);
        Add(hash, request.SchemaName);
        Add(hash, request.Schema);
        Add(hash, BitConverter.DoubleToInt64Bits(request.Temperature));
        Add(hash, request.Seed.HasValue ? 1 : 0);
        Add(hash, request.Seed ?? 0);
        Add(hash, request.MaxTokens);
        Add(hash, request.Sample);
        Add(hash, request.Messages.Count);
        foreach (ChatMessage message in request.Messages)
        {
            Add(hash, (int)message.Role);
            Add(hash, message.Text);
            Add(hash, message.ImagePath is null ? null : ContentOf(message.ImagePath));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string ContentOf(string path)
    {
        try
        {
            return FileHash.OfFile(path);
        }
        catch (UserInputException exception)
        {
            throw new ChatException(ChatFailureKind.Refused, $"the image of the question: {exception.Message}", innerException: exception);
        }
    }

    /// <summary>Every text goes with its length, so that no two requests run together into the same bytes.</summary>
    private static void Add(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Add(hash, -1);
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
