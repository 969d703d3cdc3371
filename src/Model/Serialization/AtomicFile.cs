namespace NSft.Model.Serialization;

/// <summary>Writes a file beside its place, flushes it to the disk and renames it: readers see the old file or the whole new one.</summary>
public static class AtomicFile
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes a file through a callback; nothing is left behind when it fails.</summary>
    /// <param name="path">Where the file shall be; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="path">Where the file shall be; its folder exists.</param>
    /// <param name="content">The content.</param>
    public static void Write(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));
}
