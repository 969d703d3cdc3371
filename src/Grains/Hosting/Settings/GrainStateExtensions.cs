using Azure.Core;
using Azure.Storage.Blobs;
using NSft.Storage;
using NSft.Storage.Blobs;
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
    /// <param name="silo">The silo.</param>
    /// <param name="state">The container.</param>
    /// <param name="storage">The account.</param>
    /// <param name="change">Changes how writes and reads are sent; null for nothing.</param>
    internal static ISiloBuilder AddBlobGrainState(
        this ISiloBuilder silo, GrainStateOptions state, StorageOptions storage, Action<BlobClientOptions>? change = null)
    {
        var requests = Requests(storage.RequestTimeout);
        requests.AddPolicy(new WriteReceipts(BlobAccount.Connect(storage, null, Requests(storage.RequestTimeout))), HttpPipelinePosition.PerCall);
        change?.Invoke(requests);
        var client = BlobAccount.Connect(storage, null, requests);
        return silo.AddAzureBlobGrainStorage(GrainStorageNames.State, (AzureBlobStorageOptions options) =>
        {
            options.BlobServiceClient = client;
            options.ContainerName = state.Container;
            options.GrainStorageSerializer = new GrainStateSerializer();
        });
    }

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
