using System.Security.Cryptography;
using NSft.Collectives;

namespace NSft.Data.Construction.Vocabulary;

/// <summary>Finds and reads the editable data files: those that come with NSft by name, a user's own by path.</summary>
internal static class DataFile
{
    /// <summary>Where the files that come with NSft lie.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "resources", "data");

    /// <summary>The file that a name or a path stands for.</summary>
    /// <param name="nameOrPath">A bare name of a bundled file without <c>.json</c>, or a path.</param>
    /// <param name="folder">Folder of the bundled files.</param>
    /// <exception cref="UserInputException">There is no such file; the message lists the bundled ones.</exception>
    public static string Find(string nameOrPath, string folder)
    {
        string bundled = Path.Combine(folder, nameOrPath + ".json");
        bool isName = nameOrPath.Length > 0 && Path.GetFileName(nameOrPath) == nameOrPath;
        if (isName && File.Exists(bundled))
        {
            return bundled;
        }

        if (File.Exists(nameOrPath))
        {
            return nameOrPath;
        }

        string[] names = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)] : [];
        throw new UserInputException($"{nameOrPath}: no such file, and no bundled one of that name ({string.Join(", ", names)})");
    }

    /// <summary>A file's bytes and their SHA-256 in lower-case hexadecimal.</summary>
    /// <exception cref="UserInputException">The file cannot be read.</exception>
    public static (byte[] Content, string Hash) Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return (content, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the file cannot be read", exception);
        }
    }
}
