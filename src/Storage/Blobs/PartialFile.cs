using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>
/// A file that is being fetched: the object's bytes, then one byte a part that says whether the part is there. Its name tells of which state of the
/// object it is, so that a later try goes on with it; one of another state is deleted. Locked while it is used.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private const string Suffix = ".partial";
    private const int NameCharacters = 16;

    private readonly string _path;
    private readonly string _partial;
    private readonly ObjectFacts _facts;
    private readonly int _partBytes;
    private readonly SafeFileHandle _handle;
    private readonly byte[] _there;

    private PartialFile(string path, string partial, ObjectFacts facts, int partBytes)
    {
        _path = path;
        _partial = partial;
        _facts = facts;
        _partBytes = partBytes;
        _handle = File.OpenHandle(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous);
        _there = new byte[(facts.Bytes + partBytes - 1) / partBytes];
        if (RandomAccess.GetLength(_handle) == facts.Bytes + _there.Length)
        {
            RandomAccess.Read(_handle, _there, facts.Bytes);
            HadEarlierParts = _there.Contains((byte)1);
        }
        else
        {
            RandomAccess.SetLength(_handle, 0);
            RandomAccess.SetLength(_handle, facts.Bytes + _there.Length);
        }
    }

    /// <summary>Whether an earlier try fetched some of it.</summary>
    internal bool HadEarlierParts { get; }

    /// <summary>Begins or takes up a file.</summary>
    /// <param name="path">Where it is to be; its folder is made when absent.</param>
    /// <param name="facts">The object's state.</param>
    /// <param name="partBytes">Bytes of a part.</param>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    internal static PartialFile Open(string path, ObjectFacts facts, int partBytes)
    {
        path = Path.GetFullPath(path);
        string state = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{facts.Name}\n{facts.ETag}\n{facts.Bytes}\n{partBytes}")))[..NameCharacters];
        return Guarded(path, () =>
        {
            string folder = Path.GetDirectoryName(path)!;
            Directory.CreateDirectory(folder);
            string partial = $"{path}.{state}{Suffix}";
            foreach (string older in Directory.EnumerateFiles(folder, $"{Path.GetFileName(path)}.*{Suffix}").Where(file => file != partial))
            {
                DeleteUnused(older);
            }

            try
            {
                return new PartialFile(path, partial, facts, partBytes);
            }
            catch (IOException) when (IsUsed(partial))
            {
                // Another process fetches the same: each ends with a whole file, whoever is first.
                return new PartialFile(path, $"{path}.{Guid.NewGuid():N}{Suffix}", facts, partBytes);
            }
        });
    }

    /// <summary>The parts that are not there.</summary>
    internal IEnumerable<(int Index, long Start, int Length)> Missing() => Enumerable.Range(0, _there.Length)
        .Where(index => _there[index] == 0)
        .Select(index => (index, Start(index), (int)Math.Min(_partBytes, _facts.Bytes - Start(index))));

    /// <summary>Adds a part.</summary>
    /// <exception cref="UserInputException">The disk is full, or cannot be written.</exception>
    internal void Put(int index, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, Start(index));
            RandomAccess.Write(_handle, [1], _facts.Bytes + index);
            _there[index] = 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritten(_path, exception);
        }
    }

    /// <summary>Checks the whole and moves it to its place.</summary>
    /// <param name="sha256">The hash; null when it is not known.</param>
    /// <returns>False when the bytes do not have the hash; they are thrown away.</returns>
    internal bool TryFinish(string? sha256) => Guarded(_path, () =>
    {
        RandomAccess.SetLength(_handle, _facts.Bytes);
        RandomAccess.FlushToDisk(_handle);
        if (sha256 is not null && Hash() != sha256)
        {
            File.Delete(_partial);
            return false;
        }

        File.Move(_partial, _path, overwrite: true);
        return true;
    });

    /// <summary>Leaves what is there for the next try.</summary>
    public void Dispose() => _handle.Dispose();

    private string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 20];
        long at = 0;
        for (int read; (read = RandomAccess.Read(_handle, buffer, at)) > 0; at += read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private long Start(int index) => (long)index * _partBytes;

    private static bool IsUsed(string path)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void DeleteUnused(string path)
    {
        if (!IsUsed(path))
        {
            File.Delete(path);
        }
    }

    private static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritten(path, exception);
        }
    }

    private static UserInputException Unwritten(string path, Exception exception) => new($"{path}: the file cannot be written: {exception.Message}", exception);
}
