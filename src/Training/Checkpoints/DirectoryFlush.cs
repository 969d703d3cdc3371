using System.Runtime.InteropServices;

namespace NSft.Training.Checkpoints;

/// <summary>Brings a folder's entries to the disk, so that a rename outlives a loss of power.</summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes where the system can; a file system that refuses keeps its own order.</summary>
    /// <param name="directory">An existing folder.</param>
    internal static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        int handle = Open(directory, ReadOnly);
        if (handle >= 0)
        {
            _ = Synchronize(handle);
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronize(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
