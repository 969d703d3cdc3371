using System.Globalization;
using NSft.Collectives;
using NSft.Collectives.Files;

namespace NSft.Grains.LocalCopies;

/// <summary>
/// The folder of copies: <c>ADDRESS/VERSION/files</c> holds one, <c>bytes</c> beside it what it takes when it is whole, and <c>leases</c>
/// a file for each that its users lock. Shared by all processes of a machine.
/// </summary>
internal sealed class CacheDirectory
{
    private const string LeaseFolder = "leases";
    private const string LockFile = "lock";
    private const string BytesFile = "bytes";
    private const string RemovedPrefix = ".removed-";

    private readonly TimeProvider _time;
    private readonly long? _limit;

    /// <summary>A folder of copies; it is made when the first is.</summary>
    internal CacheDirectory(CacheOptions options, TimeProvider time)
    {
        _time = time;
        _limit = options.LimitBytes;
        Root = options.ResolveDirectory();
    }

    /// <summary>Full path.</summary>
    internal string Root { get; }

    /// <summary>Keeps a copy from being removed until the lease is disposed.</summary>
    /// <exception cref="UserInputException">The folder cannot be written.</exception>
    internal Task<FileStream> LeaseAsync(RemoteListing listing, CancellationToken cancellation) => GuardAsync(async () =>
    {
        Directory.CreateDirectory(Path.Combine(Root, LeaseFolder));
        var path = LeaseOf(listing.Key, listing.Version);
        var lease = await FileLock.TakeSharedAsync(path, _time, cancellation);
        File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);
        Directory.CreateDirectory(listing.IsFile ? FilesOf(listing) : Path.Combine(FilesOf(listing), listing.Leaf));
        return lease;
    });

    /// <summary>Waits until nobody else fetches a copy.</summary>
    internal Task<FileStream> LockAsync(RemoteListing listing, CancellationToken cancellation) =>
        GuardAsync(() => FileLock.TakeAloneAsync(Path.Combine(PlaceOf(listing), LockFile), _time, cancellation));

    /// <summary>Folder that a copy's files lie in.</summary>
    internal string FilesOf(RemoteListing listing) => Path.Combine(PlaceOf(listing), "files");

    /// <summary>Sees to it that there is room for a copy: what was used longest ago and is not in use is removed.</summary>
    /// <param name="listing">The copy; leased and locked by the caller.</param>
    /// <param name="total">Bytes that it takes when all that is asked for is there.</param>
    /// <param name="missing">Bytes of it that are not there.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="UserInputException">There is no room.</exception>
    internal Task MakeRoomAsync(RemoteListing listing, long total, long missing, CancellationToken cancellation) => GuardAsync(async () =>
    {
        using var alone = await FileLock.TakeAloneAsync(Path.Combine(Root, LockFile), _time, cancellation);
        DeleteRemoved();
        var own = PlaceOf(listing);
        var others = Copies().Where(copy => copy.Place != own).ToList();
        var taken = others.Sum(copy => copy.Bytes);
        foreach (var copy in others.OrderBy(copy => copy.UsedAt))
        {
            if (Lacking(taken + total, missing) <= 0)
            {
                break;
            }

            taken -= TryRemove(copy) ? copy.Bytes : 0;
        }

        EnsureRoom(listing, taken, total, missing);
        AtomicFile.Write(Path.Combine(own, BytesFile), System.Text.Encoding.ASCII.GetBytes(total.ToString(CultureInfo.InvariantCulture)));
        return true;
    });

    private long Free => new DriveInfo(Root).AvailableFreeSpace;

    private long Lacking(long total, long missing) => Math.Max(_limit is { } limit ? total - limit : 0, missing - Free);

    private void EnsureRoom(RemoteListing listing, long taken, long total, long missing)
    {
        if (_limit is { } limit && taken + total > limit)
        {
            throw new UserInputException(FormattableString.Invariant(
                $"{listing.Address}: its {total} bytes and the {taken} of copies in use are more than Cache:LimitBytes {limit}; raise it"));
        }

        if (Free is var free && missing > free)
        {
            throw new UserInputException(FormattableString.Invariant(
                $"{listing.Address}: {missing} bytes do not fit on the disk of {Root}, which has {free}; make room, or name another folder with Cache:Directory"));
        }
    }

    private string PlaceOf(RemoteListing listing) => Path.Combine(Root, listing.Key, listing.Version);

    private string LeaseOf(string key, string version) => Path.Combine(Root, LeaseFolder, $"{key}.{version}");

    private IEnumerable<CachedCopy> Copies()
    {
        foreach (var place in Directory.EnumerateFiles(Root, BytesFile, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Select(file => Path.GetDirectoryName(file)!))
        {
            var lease = LeaseOf(Path.GetFileName(Path.GetDirectoryName(place)!), Path.GetFileName(place));
            var bytes = long.TryParse(File.ReadAllText(Path.Combine(place, BytesFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0;
            yield return new CachedCopy(place, lease, bytes, File.GetLastWriteTimeUtc(lease));
        }
    }

    /// <summary>Removes a copy unless someone uses it; it is out of sight at once.</summary>
    private bool TryRemove(CachedCopy copy)
    {
        using var lease = FileLock.TryTakeAlone(copy.Lease);
        if (lease is null)
        {
            return false;
        }

        var removed = Path.Combine(Root, RemovedPrefix + Guid.NewGuid().ToString("N"));
        Directory.Move(copy.Place, removed);
        Directory.Delete(removed, recursive: true);
        return true;
    }

    /// <summary>A process that was killed while it removed a copy leaves the rest to the next.</summary>
    private void DeleteRemoved()
    {
        foreach (var removed in Directory.EnumerateDirectories(Root, RemovedPrefix + "*"))
        {
            Directory.Delete(removed, recursive: true);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{Root}: copies of data cannot be kept there: {exception.Message}; name another folder with Cache:Directory", exception);
        }
    }

    private sealed record CachedCopy(string Place, string Lease, long Bytes, DateTime UsedAt);
}
