using System.Runtime.CompilerServices;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Storage.Files;

/// <summary>Objects that are files of a folder.</summary>
/// <param name="address">The folder; made by the first write.</param>
/// <param name="time">Tells when objects are written.</param>
internal sealed class FileStore(StoreAddress address, TimeProvider time) : IObjectStore
{
    private const int CopyBytes = 1 << 20;

    public StoreAddress Address { get; } = address;

    public async Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        return await GuardAsync(path, "looked up", async () =>
        {
            await SettleAsync(path, cancellationToken).ConfigureAwait(false);
            return FactsOf(name, path);
        }).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string[] names = await GuardAsync(Address.Path, "listed", () => Task.Run(() => Names(prefix), cancellationToken)).ConfigureAwait(false);
        foreach (string name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FactsOf(name, Path.Combine(Address.Path, name)) is ObjectFacts facts)
            {
                yield return facts;
            }
        }
    }

    public async Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        return await GuardAsync(path, "read", async () =>
        {
            await SettleAsync(path, cancellationToken).ConfigureAwait(false);
            if (!File.Exists(path))
            {
                return null;
            }

            using FileStream stream = OpenRead(path);
            byte[] content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            return new StoredContent(content, Facts(name, content.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle), null));
        }).ConfigureAwait(false);
    }

    public Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        ReplaceAsync(name, condition, stream => stream.Write(content.Span), cancellationToken);

    public async Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        return await GuardAsync(path, "written", async () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileLock held = await LockAsync(path, cancellationToken).ConfigureAwait(false);
            FileInfo file = new(path);
            long before = file.Exists ? file.Length : 0;
            if (before != expectedBytes)
            {
                throw new StoreConflictException($"{Address.At(name)}: has {before} bytes, not {expectedBytes}: another writer added to it");
            }

            held.Note(before, before + content.Length);
            Add(path, content.Span, before);
            return before + content.Length;
        }).ConfigureAwait(false);
    }

    public Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        ReplaceAsync(
            name,
            condition,
            stream =>
            {
                using FileStream source = LocalFile.OpenRead(path);
                Copy(source, stream, progress, cancellationToken);
            },
            cancellationToken);

    public async Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        string from = PathOf(name);
        return await GuardAsync(from, "read", () => Task.Run(
            () =>
            {
                if (!File.Exists(from))
                {
                    throw new UserInputException($"{Address.At(name)}: is not there");
                }

                using FileStream source = OpenRead(from);
                DateTime changedAt = File.GetLastWriteTimeUtc(source.SafeFileHandle);
                AtomicFile.Write(path, target => Copy(source, target, progress, cancellationToken));
                return Facts(name, source.Length, changedAt, null);
            },
            cancellationToken)).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        await GuardAsync(path, "deleted", async () =>
        {
            if (!File.Exists(path))
            {
                return false;
            }

            using FileLock held = await LockAsync(path, cancellationToken).ConfigureAwait(false);
            ObjectFacts? facts = FactsOf(name, path);
            if (facts is not null)
            {
                Require(name, facts, condition);
                File.Delete(path);
            }

            return true;
        }).ConfigureAwait(false);
    }

    private async Task<ObjectFacts> ReplaceAsync(string name, WriteCondition condition, Action<Stream> write, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        return await GuardAsync(path, "written", async () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileLock held = await LockAsync(path, cancellationToken).ConfigureAwait(false);
            ObjectFacts? before = FactsOf(name, path);
            Require(name, before, condition);
            held.Note(0, 0);
            return await Task.Run(() => Replace(name, path, before, write), cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private ObjectFacts Replace(string name, string path, ObjectFacts? before, Action<Stream> write)
    {
        // Two writes within one tick of the file system's clock must differ in their ETag.
        DateTime changedAt = time.GetUtcNow().UtcDateTime;
        if (before is not null && changedAt <= before.ChangedAt.UtcDateTime)
        {
            changedAt = before.ChangedAt.UtcDateTime.AddTicks(1);
        }

        string hash = string.Empty;
        AtomicFile.Write(path, stream =>
        {
            using HashingStream hashing = new(stream);
            write(hashing);
            hash = hashing.Sha256();
            stream.Flush();
            File.SetLastWriteTimeUtc(((FileStream)stream).SafeFileHandle, changedAt);
        });
        return Facts(name, new FileInfo(path).Length, changedAt, hash);
    }

    private void Require(string name, ObjectFacts? facts, WriteCondition condition)
    {
        if (condition.MustBeAbsent && facts is not null)
        {
            throw new StoreConflictException($"{Address.At(name)}: is there already");
        }

        if (condition.ETag is not null && condition.ETag != facts?.ETag)
        {
            throw new StoreConflictException($"{Address.At(name)}: {(facts is null ? "is gone" : "was changed")} since it was read");
        }
    }

    private static void Add(string path, ReadOnlySpan<byte> content, long before)
    {
        using FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            stream.Position = before;
            stream.Write(content);
        }
        catch (IOException)
        {
            stream.SetLength(before);
            throw;
        }
    }

    private static async Task<FileLock> LockAsync(string path, CancellationToken cancellationToken)
    {
        FileLock held = await FileLock.AcquireAsync(path, cancellationToken).ConfigureAwait(false);
        if (held.Unfinished() is not (long before, long after))
        {
            return held;
        }

        foreach (string abandoned in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*.tmp").Where(file => ObjectName.IsHidden(file)))
        {
            File.Delete(abandoned);
        }

        if (after > before && File.Exists(path))
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            if (stream.Length > before && stream.Length < after)
            {
                stream.SetLength(before);
            }
        }

        return held;
    }

    // A writer that died while it added a line leaves half of it; nobody may read that as the object.
    private static async Task SettleAsync(string path, CancellationToken cancellationToken)
    {
        if (FileLock.IsTaken(path))
        {
            try
            {
                using FileLock held = await LockAsync(path, cancellationToken).ConfigureAwait(false);
            }
            catch (UnauthorizedAccessException)
            {
                // Who may only read leaves it to the next writer.
            }
        }
    }

    private string[] Names(string prefix)
    {
        if (!Directory.Exists(Address.Path))
        {
            return [];
        }

        string folder = Path.Combine(Address.Path, Path.GetDirectoryName(prefix) ?? string.Empty);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => !ObjectName.IsHidden(Path.GetFileName(path)))
                .Select(path => Path.GetRelativePath(Address.Path, path))
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]
            : [];
    }

    private static void Copy(Stream source, Stream target, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[CopyBytes];
        long done = 0;
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(buffer.AsSpan(0, read));
            progress?.Report(done += read);
        }
    }

    private static FileStream OpenRead(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static ObjectFacts? FactsOf(string name, string path)
    {
        FileInfo file = new(path);
        return file.Exists ? Facts(name, file.Length, file.LastWriteTimeUtc, null) : null;
    }

    private static ObjectFacts Facts(string name, long bytes, DateTime changedAt, string? hash) =>
        new(name, bytes, $"{changedAt.Ticks:x}-{bytes:x}", hash, new DateTimeOffset(changedAt, TimeSpan.Zero));

    private string PathOf(string name) => Path.Combine(Address.Path, ObjectName.Check(Address, name));

    private static async Task<T> GuardAsync<T>(string path, string deed, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: cannot be {deed}: {exception.Message}", exception);
        }
    }
}
