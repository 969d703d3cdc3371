using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using NSft.Storage;
using Orleans.Configuration;

namespace NSft.Grains.Hosting.Settings;

/// <summary>Keeps grain state where the configuration says.</summary>
internal static class GrainStateExtensions
{
    private const int Retries = 5;

    // State is small, and a grain's caller waits for it: a request that has no answer by then will get none.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>Adds the blobs' storage of grain state.</summary>
    internal static ISiloBuilder AddBlobGrainState(this ISiloBuilder silo, GrainStateOptions state, StorageOptions storage)
    {
        var client = Connect(storage, Requests(storage.RequestTimeout));
        return silo.AddAzureBlobGrainStorage(GrainStorageNames.State, (AzureBlobStorageOptions options) =>
        {
            options.BlobServiceClient = client;
            options.ContainerName = state.Container;
            options.GrainStorageSerializer = new GrainStateSerializer();
        });
    }

    private static BlobServiceClient Connect(StorageOptions storage, BlobClientOptions requests) => storage.AccountUri is { } account
        ? new BlobServiceClient(account, new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = storage.ManagedIdentityClientId }), requests)
        : new BlobServiceClient(storage.ConnectionString, requests);

    private static BlobClientOptions Requests(TimeSpan timeout) => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = Retries,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            NetworkTimeout = timeout < LongestRequest ? timeout : LongestRequest,
        },
    };
}
