using System.Runtime.InteropServices;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>
/// Gives a finished file a second name, unless somebody else has it: the one step by which all changes become visible.
/// <see cref="File.Move(string, string, bool)"/> looks first and renames then, so that two processes can both succeed.
/// </summary>
internal static class ExclusiveLink
{
    private const int AlreadyExists = 17;
    private const int NoSuchFile = 2;

    /// <summary>Publishes a file under a name; false if the name is taken, or the file is not there any more.</summary>
    /// <exception cref="IOException">The file system cannot do it.</exception>
    internal static bool TryCreate(string file, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMove(file, name);
        }

        if (Link(file, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is AlreadyExists or NoSuchFile
            ? false
            : throw new IOException($"{name}: the file cannot be linked: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static bool TryMove(string file, string name)
    {
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name) || !File.Exists(file))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
