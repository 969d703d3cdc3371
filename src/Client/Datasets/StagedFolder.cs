using NSft.Collectives;

namespace NSft.Client.Datasets;

/// <summary>A folder that appears when it is complete.</summary>
internal sealed class StagedFolder
{
    /// <summary>Checks the place.</summary>
    /// <param name="option">Option that named it.</param>
    /// <param name="path">Where the folder is to be.</param>
    /// <param name="mayOverwrite">Whether a folder that is there may be replaced.</param>
    public StagedFolder(string option, string path, bool mayOverwrite)
    {
        if (File.Exists(path))
        {
            throw new UserInputException($"{option} {path}: is a file; name a folder");
        }

        if (!mayOverwrite && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new UserInputException($"{option} {path}: the folder is not empty; name another or add --overwrite");
        }

        Path = path;
    }

    /// <summary>Where it is to be.</summary>
    public string Path { get; }

    /// <summary>Fills a folder beside the place and puts it there; when filling fails, nothing is left.</summary>
    public T Fill<T>(Func<string, T> fill)
    {
        string full = System.IO.Path.GetFullPath(Path).TrimEnd('/');
        string temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            T result = fill(temporary);
            if (Directory.Exists(full))
            {
                Directory.Delete(full, recursive: true);
            }

            Directory.Move(temporary, full);
            return result;
        }
        catch (UserInputException exception) when (exception.Message.Contains(temporary, StringComparison.Ordinal))
        {
            // The user named the place, not the folder beside it.
            throw new UserInputException(exception.Message.Replace(temporary, Path, StringComparison.Ordinal), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{Path}: the folder cannot be written: {exception.Message}", exception);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
