using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.LocalCopies;

/// <summary>
/// Local copies of data that lies at addresses: fetched once per machine and version, kept for the next run, removed when room is needed.
/// Safe for many threads and processes at once.
/// </summary>
/// <remarks>
/// A copy is known by its address and the ETags of its objects, so a changed object is another copy. A file appears when it is whole;
/// what a killed process has left of one is taken up again.
/// </remarks>
public sealed class CopyCache
{
    private readonly Lazy<IObjectStores> _stores;
    private readonly CacheDirectory _cache;

    /// <summary>Copies in one folder.</summary>
    /// <param name="stores">Reaches the addresses.</param>
    /// <param name="options">Where copies are kept.</param>
    /// <param name="time">Clock of use.</param>
    /// <exception cref="UserInputException">The options cannot be used.</exception>
    public CopyCache(IObjectStores stores, CacheOptions options, TimeProvider time)
        : this(new Lazy<IObjectStores>(stores), options, time)
    {
    }

    /// <summary>As the public one; without addresses no stores are needed.</summary>
    internal CopyCache(Lazy<IObjectStores> stores, CacheOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (new CacheOptionsValidator().Validate(null, options) is { Failed: true } wrong)
        {
            throw new UserInputException(wrong.FailureMessage!);
        }

        _stores = stores;
        _cache = new CacheDirectory(options, time);
    }

    /// <summary>Looks at what lies at an address; nothing is fetched yet.</summary>
    /// <param name="address">A blob, or a prefix of blobs that is taken for a folder.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <returns>The copy; it stays on this machine until it is disposed.</returns>
    /// <exception cref="UserInputException">Nothing is there, or the folder of copies cannot be written.</exception>
    public async Task<LocalCopy> OpenAsync(StoreAddress address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        var listing = await RemoteListing.ReadAsync(_stores.Value, address, cancellation);
        return new LocalCopy(listing, _cache, await _cache.LeaseAsync(listing, cancellation));
    }

    /// <summary>Whether there is an object at an address.</summary>
    /// <param name="address">A blob.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<bool> HasAsync(StoreAddress address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        var (parent, leaf) = RemoteListing.Split(address);
        return address.Path.Length > 0 && await _stores.Value.Open(parent).FindAsync(leaf, cancellation) is not null;
    }
}
