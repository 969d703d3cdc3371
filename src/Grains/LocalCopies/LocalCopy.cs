using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.LocalCopies;

/// <summary>The local copy of one version of what lies at an address; what was asked for is here, and stays until this is disposed.</summary>
public sealed class LocalCopy : IDisposable
{
    private const int FilesAtATime = 16;

    private readonly RemoteListing _listing;
    private readonly CacheDirectory _cache;
    private readonly FileStream _lease;
    private readonly Lazy<Dictionary<string, ObjectFacts>> _byName;

    internal LocalCopy(RemoteListing listing, CacheDirectory cache, FileStream lease)
    {
        _listing = listing;
        _cache = cache;
        _lease = lease;
        _byName = new Lazy<Dictionary<string, ObjectFacts>>(() => listing.Objects.ToDictionary(one => one.Name[listing.Prefix.Length..], StringComparer.Ordinal));
    }

    /// <summary>What it is a copy of.</summary>
    public StoreAddress Address => _listing.Address;

    /// <summary>Whether the address is one object; else it is a folder of objects.</summary>
    public bool IsFile => _listing.IsFile;

    /// <summary>Full path of the file or folder on this machine.</summary>
    public string LocalPath => Path.Combine(_cache.FilesOf(_listing), _listing.Leaf);

    /// <summary>Names the version: equal on all machines that saw the same objects.</summary>
    public string Version => _listing.Version;

    /// <summary>Whether the folder has a file.</summary>
    /// <param name="name">Its path in the folder, parts separated by <c>/</c>.</param>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Fetches all of it.</summary>
    /// <param name="progress">Told of bytes; null for nobody.</param>
    /// <param name="cancellation">Gives it up; what was fetched is kept.</param>
    /// <exception cref="UserInputException">There is no room, it changed meanwhile, or it cannot be read.</exception>
    public Task FetchAsync(IProgress<CopyProgress>? progress, CancellationToken cancellation) => FetchAsync(_listing.Objects, progress, cancellation);

    /// <summary>Fetches some files of a folder; names that it does not have are passed over.</summary>
    /// <param name="names">Paths in the folder.</param>
    /// <param name="progress">Told of bytes; null for nobody.</param>
    /// <param name="cancellation">Gives it up; what was fetched is kept.</param>
    /// <exception cref="UserInputException">As <see cref="FetchAsync(IProgress{CopyProgress}?, CancellationToken)"/>.</exception>
    public Task FetchAsync(IEnumerable<string> names, IProgress<CopyProgress>? progress, CancellationToken cancellation) =>
        FetchAsync([.. names.Select(Find).OfType<ObjectFacts>().Distinct()], progress, cancellation);

    /// <summary>Fetches files of a folder that are chosen by their names.</summary>
    /// <param name="isWanted">Chooses by the path in the folder.</param>
    /// <param name="progress">Told of bytes; null for nobody.</param>
    /// <param name="cancellation">Gives it up; what was fetched is kept.</param>
    public Task FetchAsync(Func<string, bool> isWanted, IProgress<CopyProgress>? progress, CancellationToken cancellation) =>
        FetchAsync([.. _byName.Value.Where(one => isWanted(one.Key)).Select(one => one.Value)], progress, cancellation);

    /// <summary>Lets the copy be removed when room is needed.</summary>
    public void Dispose() => _lease.Dispose();

    private async Task FetchAsync(IReadOnlyList<ObjectFacts> wanted, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        if (wanted.All(IsHere))
        {
            return;
        }

        using var alone = await _cache.LockAsync(_listing, cancellation);
        var missing = wanted.Where(one => !IsHere(one)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var bytes = missing.Sum(one => one.Bytes);
        await _cache.MakeRoomAsync(_listing, HeldBytes() + bytes, bytes, cancellation);
        var meter = new CopyMeter(Address, bytes, progress);
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtATime, CancellationToken = cancellation },
            async (one, stop) => await FetchAsync(one, meter, stop));
    }

    private async Task FetchAsync(ObjectFacts one, CopyMeter meter, CancellationToken cancellation)
    {
        var path = PathOf(one);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var transfer = meter.Begin();
        var fetched = await _listing.Store.DownloadAsync(one.Name, path, transfer, cancellation);
        if (fetched.ETag != one.ETag)
        {
            File.Delete(path);
            throw new UserInputException($"{_listing.Store.Address.At(one.Name)}: it was changed while {Address} was being read; start again when nobody writes there");
        }

        transfer.Report(one.Bytes);
    }

    /// <summary>A path may say more than it needs to: <c>./a//b</c> is <c>a/b</c>.</summary>
    private ObjectFacts? Find(string name) => _byName.Value.GetValueOrDefault(name)
        ?? _byName.Value.GetValueOrDefault(string.Join('/', name.Split('/').Where(part => part is not ("" or "."))));

    private long HeldBytes() => _listing.Objects.Where(IsHere).Sum(one => one.Bytes);

    private bool IsHere(ObjectFacts one) => File.Exists(PathOf(one));

    private string PathOf(ObjectFacts one) => Path.Combine(_cache.FilesOf(_listing), _listing.LocalName(one));
}
