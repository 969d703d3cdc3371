using System.Security.Cryptography;
using System.Text;
using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.LocalCopies;

/// <summary>Copies that are used together; they stay until this is disposed.</summary>
/// <param name="cache">Keeps them.</param>
public sealed class CopySet(CopyCache cache) : IDisposable
{
    private readonly List<LocalCopy> _copies = [];

    /// <summary>The local path of a place: of an address a copy, with all of it fetched.</summary>
    /// <param name="place">An address, or a path, which stays as it is.</param>
    /// <param name="progress">Told of bytes; null for nobody.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="UserInputException">Nothing is there, it cannot be read, or there is no room.</exception>
    public Task<string> CopyAsync(string place, IProgress<CopyProgress>? progress, CancellationToken cancellation) =>
        PlaceAsync(place, copy => copy.FetchAsync(progress, cancellation), cancellation);

    /// <summary>The local path of a place: of an address a copy.</summary>
    /// <param name="place">An address, or a path, which stays as it is.</param>
    /// <param name="fetch">Fetches what is needed of the copy.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="UserInputException">As <see cref="CopyAsync"/>.</exception>
    public async Task<string> PlaceAsync(string place, Func<LocalCopy, Task> fetch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        if (!StoreAddress.IsBlob(place))
        {
            return place;
        }

        var address = StoreAddress.Parse(place);
        var copy = _copies.Find(known => known.Address == address);
        if (copy is null)
        {
            copy = await cache.OpenAsync(address, cancellation);
            _copies.Add(copy);
        }

        await fetch(copy);
        return copy.LocalPath;
    }

    /// <summary>The copy that a place became; null for a path.</summary>
    /// <param name="place">What was given to <see cref="PlaceAsync"/>.</param>
    public LocalCopy? Find(string place) =>
        StoreAddress.IsBlob(place) && StoreAddress.Parse(place) is var address ? _copies.Find(copy => copy.Address == address) : null;

    /// <summary>The address of a local path in a copy; other paths stay as they are.</summary>
    public string PlaceOf(string path)
    {
        foreach (var copy in _copies)
        {
            if (path == copy.LocalPath)
            {
                return copy.Address.ToString();
            }

            if (path.StartsWith(copy.LocalPath + "/", StringComparison.Ordinal))
            {
                return copy.Address.At(path[(copy.LocalPath.Length + 1)..]).ToString();
            }
        }

        return path;
    }

    /// <summary>Names data together with the versions of all copies, so that machines can tell that they read the same.</summary>
    /// <param name="dataHash">Hash of the data.</param>
    /// <returns>The hash itself where nothing was copied.</returns>
    public string Identity(string dataHash)
    {
        if (_copies.Count == 0)
        {
            return dataHash;
        }

        var versions = _copies.Select(copy => $"{copy.Address} {copy.Version}").Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', versions.Prepend(dataHash)))));
    }

    /// <summary>The same text with addresses in place of paths of copies.</summary>
    public string Explain(string text) =>
        _copies.Aggregate(text, (told, copy) => told.Replace(copy.LocalPath, copy.Address.ToString(), StringComparison.Ordinal));

    /// <summary>The same error with addresses in place of paths of copies.</summary>
    public UserInputException Explain(UserInputException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var told = Explain(exception.Message);
        return told == exception.Message ? exception : new UserInputException(told, exception);
    }

    /// <summary>Lets the copies be removed when room is needed.</summary>
    public void Dispose() => _copies.ForEach(copy => copy.Dispose());
}
