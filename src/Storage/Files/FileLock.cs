using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NSft.Storage.Files;

/// <summary>
/// Sole right to change one file, among all threads and processes of this machine: a file beside it, locked by the system, which frees it
/// when its holder dies. Nothing is left when it is given back.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int RecordBytes = 2 * sizeof(long);

    // EAGAIN: another holder has the lock.
    private const int WouldBlock = 11;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly string _path;
    private readonly FileStream _stream;

    private FileLock(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
    }

    /// <summary>Waits for the right.</summary>
    /// <param name="target">The file to guard; its folder exists.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task<FileLock> AcquireAsync(string target, CancellationToken cancellationToken)
    {
        string path = target + ObjectName.LockSuffix;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FileStream? stream = TryOpen(path);
            if (stream is not null && IsAt(path, stream))
            {
                return new FileLock(path, stream);
            }

            stream?.Dispose();
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether somebody holds the right, or died with it.</summary>
    internal static bool IsTaken(string target) => File.Exists(target + ObjectName.LockSuffix);

    /// <summary>What a holder that died was about: the size before and after; null when no holder died.</summary>
    internal (long Before, long After)? Unfinished()
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        _stream.Position = 0;
        return _stream.ReadAtLeast(record, RecordBytes, throwOnEndOfStream: false) == RecordBytes
            ? (BinaryPrimitives.ReadInt64LittleEndian(record), BinaryPrimitives.ReadInt64LittleEndian(record[sizeof(long)..]))
            : null;
    }

    /// <summary>Notes what is going to be done, for whoever finds the lock without its holder.</summary>
    internal void Note(long before, long after)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        BinaryPrimitives.WriteInt64LittleEndian(record, before);
        BinaryPrimitives.WriteInt64LittleEndian(record[sizeof(long)..], after);
        _stream.Position = 0;
        _stream.Write(record);
        _stream.Flush();
    }

    /// <summary>Gives the right back.</summary>
    public void Dispose()
    {
        File.Delete(_path);
        _stream.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            return null;
        }
    }

    // The file that was opened may have been deleted by its holder meanwhile: then the path leads to another file, or to none.
    private static bool IsAt(string path, FileStream stream)
    {
        DateTime mark = DateTime.UnixEpoch.AddSeconds(RandomNumberGenerator.GetInt32(int.MaxValue));
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, mark);
        return File.Exists(path) && File.GetLastWriteTimeUtc(path) == mark;
    }
}
