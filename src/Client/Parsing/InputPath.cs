using NSft.Collectives;

namespace NSft.Client.Parsing;

/// <summary>Checks of paths that the user names, before any work starts.</summary>
internal static class InputPath
{
    /// <summary>The path, when a file is there.</summary>
    public static string File(string option, string path)
    {
        if (System.IO.File.Exists(path))
        {
            return path;
        }

        string reason = System.IO.Directory.Exists(path) ? "is a folder; a file is needed" : "no such file";
        throw new UserInputException($"{option} {path}: {reason}");
    }

    /// <summary>The path, when a folder is there.</summary>
    public static string Folder(string option, string path)
    {
        if (System.IO.Directory.Exists(path))
        {
            return path;
        }

        string reason = System.IO.File.Exists(path) ? "is a file; a folder is needed" : "no such folder";
        throw new UserInputException($"{option} {path}: {reason}");
    }

    /// <summary>The path of a file to write; its folder is made when the file is written.</summary>
    public static string Writable(string option, string path) => System.IO.Directory.Exists(path)
        ? throw new UserInputException($"{option} {path}: is a folder; name a file")
        : path;
}
