using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Chat;

namespace NSft.Grains.Chat;

/// <summary>
/// Answers in a folder that silos share, a file each, named by the hash of their question. A file is whole or not there; two that write
/// the same one write the same. Holds no key, and questions only when asked to.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="keepText">Whether questions are kept.</param>
/// <param name="logger">Is told of entries that cannot be used.</param>
internal sealed class AnswerStore(string directory, bool keepText, ILogger logger)
{
    private const string AsideSuffix = ".corrupt";

    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file of an answer.</summary>
    internal string PathOf(string key) => Path.Combine(directory, key[..2], $"{key}.json");

    /// <summary>The stored answer; null when there is none that can be used.</summary>
    internal async Task<ChatReply?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        try
        {
            var answer = JsonSerializer.Deserialize<StoredAnswer>(await File.ReadAllBytesAsync(path, cancellationToken), Json);
            if (answer?.Key == key && answer.TextHash == HashOf(answer.Text))
            {
                return new ChatReply(answer.Text, answer.Model, answer.IsTruncated, ChatUsage.None with { StoredAnswers = 1 });
            }

            SetAside(path, "it is not what its name or its hash says");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Not asked yet.
        }
        catch (JsonException exception)
        {
            SetAside(path, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the stored answer cannot be read: {exception.Message}", exception);
        }

        return null;
    }

    /// <summary>Writes an answer; it is on the disk when this returns.</summary>
    /// <exception cref="UserInputException">The folder cannot be written.</exception>
    internal void Put(string key, ChatRequest request, ChatReply reply) => AtomicFile.Write(
        PathOf(key),
        JsonSerializer.SerializeToUtf8Bytes(
            new StoredAnswer
            {
                Key = key,
                Model = reply.Model,
                PromptVersion = request.PromptVersion,
                Text = reply.Text,
                TextHash = HashOf(reply.Text),
                IsTruncated = reply.IsTruncated,
                Usage = reply.Usage,
                Messages = keepText ? request.Messages : null,
            },
            Json));

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void SetAside(string path, string reason)
    {
        ChatLog.CorruptAnswer(logger, path, path + AsideSuffix, reason);
        try
        {
            File.Move(path, path + AsideSuffix, overwrite: true);
        }
        catch (IOException)
        {
            // Another silo has set it aside, or it is overwritten soon.
        }
    }
}
