using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;

namespace NSft.Grains.Dataset;

/// <summary>Names content, so that processes can tell that they read the same.</summary>
internal static class ContentHash
{
    /// <summary>SHA-256 of a file, or of a folder's files with their names; lower-case hexadecimal.</summary>
    /// <exception cref="UserInputException">The path cannot be read.</exception>
    internal static string OfPath(string path)
    {
        if (!Directory.Exists(path))
        {
            return OfFile(path);
        }

        var lines = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {OfFile(file)}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal.</summary>
    /// <exception cref="UserInputException">The file cannot be read.</exception>
    internal static string OfFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: {exception.Message}", exception);
        }
    }
}
