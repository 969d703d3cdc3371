using NSft.Collectives;

namespace NSft.Storage.Files;

/// <summary>Files that a user wants stored.</summary>
internal static class LocalFile
{
    /// <summary>Opens one.</summary>
    /// <exception cref="UserInputException">It is not there, or cannot be read.</exception>
    internal static FileStream OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be read: {exception.Message}", exception);
        }
    }
}
