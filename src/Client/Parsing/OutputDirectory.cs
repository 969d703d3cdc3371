using NSft.Client.Remote;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Client.Parsing;

/// <summary>Checks of a folder that a verb is to fill.</summary>
internal static class OutputDirectory
{
    /// <summary>The path or address, when nothing is there, or what is there may be replaced.</summary>
    public static async Task<string> CheckAsync(string place, bool mayOverwrite, CancellationToken cancellation)
    {
        if (!StoreAddress.IsBlob(place))
        {
            return Check(place, mayOverwrite);
        }

        StoreAddress address = StoreAddress.Parse(place);
        if (!mayOverwrite)
        {
            await foreach (ObjectFacts one in ConsoleStores.Open().Open(address).ListAsync("", cancellation).ConfigureAwait(false))
            {
                throw new UserInputException($"--out {place}: {one.Name} is there already; name another place or add --overwrite");
            }
        }

        return address.ToString();
    }

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
