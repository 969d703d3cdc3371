using System.Security.Cryptography;
using System.Text;

namespace NSft.Collectives.Files;

/// <summary>Names files by their content, so that processes can tell that they read the same: SHA-256, lower-case hexadecimal.</summary>
public static class FileHash
{
    /// <summary>A file, or the files of a folder with their names.</summary>
    /// <exception cref="UserInputException">The path cannot be read.</exception>
    public static string OfPath(string path) => Directory.Exists(path) ? OfFolder(path, static _ => true) : OfFile(path);

    /// <summary>A file, or what makes a model of a folder: its weights and configurations, with their names.</summary>
    /// <exception cref="UserInputException">The path cannot be read.</exception>
    public static string OfModel(string path) => Directory.Exists(path) ? OfFolder(path, IsPartOfModel) : OfFile(path);

    /// <summary>A file.</summary>
    /// <exception cref="UserInputException">It cannot be read.</exception>
    public static string OfFile(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }

    private static string OfFolder(string folder, Func<string, bool> counts)
    {
        StringBuilder names = new();
        foreach (string file in Directory.EnumerateFiles(folder).Where(counts).Order(StringComparer.Ordinal))
        {
            names.Append(Path.GetFileName(file)).Append(' ').Append(OfFile(file)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(names.ToString())));
    }

    private static bool IsPartOfModel(string file) =>
        Path.GetExtension(file) == ".safetensors" || Path.GetFileName(file).EndsWith("config.json", StringComparison.Ordinal);
}
