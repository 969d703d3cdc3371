using NSft.Collectives;

namespace NSft.Client.Parsing;

/// <summary>Checks of a folder that a verb is to fill.</summary>
internal static class OutputDirectory
{
    /// <summary>The path, when it does not exist, is empty, or may be replaced.</summary>
    public static string Check(string path, bool mayOverwrite)
    {
        if (File.Exists(path))
        {
            throw new UserInputException($"--out {path}: is a file; name a folder");
        }

        if (!mayOverwrite && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new UserInputException($"--out {path}: the folder is not empty; name another or add --overwrite");
        }

        return path;
    }
}
