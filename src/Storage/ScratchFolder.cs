using NSft.Collectives;

namespace NSft.Storage;

/// <summary>
/// Room on the local disk for files on their way to a store or from one. Each process has its own part of the folder; what a killed one
/// left is removed by the next.
/// </summary>
/// <param name="root">The folder, shared by the processes of a machine; made at first use.</param>
public sealed class ScratchFolder(string root) : IDisposable
{
    private const string Prefix = "scratch-";
    private const string LockSuffix = ".lock";

    private readonly Lock _gate = new();
    private FileStream? _lock;
    private string? _own;

    /// <summary>Makes an empty folder; whoever asked for it deletes it.</summary>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public string Make()
    {
        try
        {
            string folder = Path.Combine(Own(), Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{root}: no room for files on their way to or from the store: {exception.Message}; name a writable folder with Cache:Directory", exception);
        }
    }

    /// <summary>Deletes a folder of <see cref="Make"/>; what cannot be deleted now is when the process ends, or by the next one.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It costs room until the process's whole part is removed.
        }
    }

    /// <summary>Removes this process's part.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_lock is { } held)
            {
                Remove(_own!);
                File.Delete(held.Name);
                held.Dispose();
                _lock = null;
            }
        }
    }

    private string Own()
    {
        lock (_gate)
        {
            if (_lock is null)
            {
                Directory.CreateDirectory(root);
                foreach (string left in Directory.EnumerateFiles(root, Prefix + "*" + LockSuffix).ToArray())
                {
                    RemoveAbandoned(left);
                }

                _own = Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}");
                _lock = new FileStream(_own + LockSuffix, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            }

            return _own!;
        }
    }

    /// <summary>The lock of a process that lives cannot be opened.</summary>
    private static void RemoveAbandoned(string path)
    {
        try
        {
            using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            if (Directory.Exists(path[..^LockSuffix.Length]))
            {
                Directory.Delete(path[..^LockSuffix.Length], recursive: true);
            }

            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its process lives, or belongs to another user.
        }
    }
}
