namespace NSft.Grains.LocalCopies;

/// <summary>Locks of files between threads and processes; the system gives them back when a process dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes a lock that nobody else has, or answers null at once.</summary>
    internal static FileStream? TryTakeAlone(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes a lock that nobody else has, when others have given it back.</summary>
    internal static Task<FileStream> TakeAloneAsync(string path, TimeProvider time, CancellationToken cancellation) =>
        WaitAsync(() => TryTakeAlone(path), time, cancellation);

    /// <summary>Takes a lock that others may have as well, when nobody has it alone.</summary>
    internal static Task<FileStream> TakeSharedAsync(string path, TimeProvider time, CancellationToken cancellation) =>
        WaitAsync(() => TryOpen(path, FileAccess.Read, FileShare.Read), time, cancellation);

    private static async Task<FileStream> WaitAsync(Func<FileStream?> attempt, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            if (attempt() is { } taken)
            {
                return taken;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static FileStream? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share, bufferSize: 0);
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && IsTaken(exception))
        {
            return null;
        }
    }

    /// <summary>Whether another one has it; a disk that is full or broken is something else.</summary>
    private static bool IsTaken(IOException exception)
    {
        const int wouldBlockOnLinux = 11;
        const int wouldBlockOnMacOS = 35;
        return exception.HResult is wouldBlockOnLinux or wouldBlockOnMacOS;
    }
}
