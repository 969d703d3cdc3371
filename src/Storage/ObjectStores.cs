using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using NSft.Collectives;
using NSft.Storage.Blobs;
using NSft.Storage.Files;

namespace NSft.Storage;

/// <summary>Opens stores with the accounts of the configuration.</summary>
public sealed class ObjectStores : IObjectStores
{
    private readonly StorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (BlobServiceClient Client, BlobRequests Requests)> _accounts = new(StringComparer.Ordinal);

    /// <summary>Stores of a configuration.</summary>
    /// <param name="options">Where accounts are and how they are reached.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="UserInputException">An option is out of its range.</exception>
    public ObjectStores(StorageOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        StorageOptionsValidator.EnsureValid(options);
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc />
    public IObjectStore Open(StoreAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new MeasuredStore(address.Kind == StoreKind.File ? new FileStore(address, _time) : new BlobStore(PlaceOf(address), _options), _time);
    }

    private BlobPlace PlaceOf(StoreAddress address)
    {
        (BlobServiceClient client, BlobRequests requests) = _accounts.GetOrAdd(address.Account?.Authority ?? string.Empty, _ =>
        {
            BlobServiceClient account = BlobAccount.ConnectOnce(_options, address.Account);
            return (account, new BlobRequests(_options, account.Uri, _time));
        });
        return new BlobPlace(address, client.GetBlobContainerClient(address.Container), requests);
    }
}
