using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;

namespace NSft.Client.Iteration;

/// <summary>Names what stages read and write by content: SHA-256, lower-case hexadecimal.</summary>
internal static class ContentHash
{
    /// <summary>A file, or the weights and configurations of a model folder.</summary>
    /// <exception cref="UserInputException">It cannot be read.</exception>
    public static string Of(string path) => Directory.Exists(path) ? OfModel(path) : OfFile(path);

    private static string OfFile(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    private static string OfModel(string folder)
    {
        StringBuilder names = new();
        foreach (string file in Directory.EnumerateFiles(folder).Where(IsPart).Order(StringComparer.Ordinal))
        {
            names.Append(Path.GetFileName(file)).Append(' ').Append(OfFile(file)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names.ToString())));
    }

    private static bool IsPart(string file) =>
        Path.GetExtension(file) == ".safetensors" || Path.GetFileName(file).EndsWith("config.json", StringComparison.Ordinal);
}
