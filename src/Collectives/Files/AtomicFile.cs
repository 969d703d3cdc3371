namespace NSft.Collectives.Files;

/// <summary>Writes a file whole or not at all: beside its place first, flushed to the disk, then renamed.</summary>
public static class AtomicFile
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes a file through a callback.</summary>
    /// <param name="path">Where the file is to be; its folder is made when absent, an older file is replaced at the end.</param>
    /// <param name="write">Writes the content; when it throws, nothing is left behind.</param>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, BufferBytes);

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Where the file is to be; its folder is made when absent, an older file is replaced at the end.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span), bufferBytes: 0);

    private static void Write(string path, Action<Stream> write, int bufferBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferBytes))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the file cannot be written: {exception.Message}", exception);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
