using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps state in blobs, one for each grain and name, fenced by their ETags.</summary>
internal sealed class AzureBlobGrainStorage(string name, AzureBlobStorageOptions options) : IGrainStorage, IPreparedStorage
{
    private readonly BlobContainerClient _container = options.BlobServiceClient!.GetBlobContainerClient(options.ContainerName);

    /// <inheritdoc/>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException error)
        {
            throw new OrleansException($"The grain storage \"{name}\" cannot reach its container {_container.Uri}: {error.ErrorCode ?? error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            BlobDownloadResult stored = await BlobOf(stateName, grainId).DownloadContentAsync().ConfigureAwait(false);
            T? state = stored.Content.ToMemory().Length > 0 ? options.GrainStorageSerializer.Deserialize<T>(stored.Content) : default;
            grainState.ETag = stored.Details.ETag.ToString();
            grainState.State = state ?? NewState.Of<T>();
            grainState.RecordExists = state is not null;
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            Forget(grainState, etag: null);
        }
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        BlobClient blob = BlobOf(stateName, grainId);
        BinaryData content = options.GrainStorageSerializer.Serialize(grainState.State);
        BlobUploadOptions upload = new()
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" },
            Conditions = ConditionsOf(grainState.ETag),
        };
        BlobContentInfo written = await InContainerAsync(() => FencedAsync(blob, grainState.ETag, () => blob.UploadAsync(content, upload))).ConfigureAwait(false);
        grainState.ETag = written.ETag.ToString();
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        BlobClient blob = BlobOf(stateName, grainId);
        BlobRequestConditions conditions = ConditionsOf(grainState.ETag);
        if (options.DeleteStateOnClear)
        {
            await FencedAsync(blob, grainState.ETag, () => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.None, conditions)).ConfigureAwait(false);
            Forget(grainState, etag: null);
            return;
        }

        BlobUploadOptions upload = new() { Conditions = conditions };
        BlobContentInfo emptied = await FencedAsync(blob, grainState.ETag, () => blob.UploadAsync(BinaryData.Empty, upload)).ConfigureAwait(false);
        Forget(grainState, emptied.ETag.ToString());
    }

    private static void Forget<T>(IGrainState<T> grainState, string? etag)
    {
        grainState.ETag = etag;
        grainState.RecordExists = false;
        grainState.State = NewState.Of<T>();
    }

    private static BlobRequestConditions ConditionsOf(string? etag) =>
        string.IsNullOrEmpty(etag) ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(etag) };

    private static bool IsContainerMissing(RequestFailedException error) => error.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>What another writer did first is told as the engine tells it; the container's absence is not that.</summary>
    private static async Task<TAnswer> FencedAsync<TAnswer>(BlobClient blob, string? etag, Func<Task<Response<TAnswer>>> request)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (RequestFailedException error) when (error.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict or (int)HttpStatusCode.NotFound && !IsContainerMissing(error))
        {
            throw new InconsistentStateException(
                $"The blob {blob.Name} of the container {blob.BlobContainerName} does not have the ETag {etag ?? "(none)"} of the writer.", "Unknown", etag, error);
        }
    }

    private async Task<TAnswer> InContainerAsync<TAnswer>(Func<Task<TAnswer>> request)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (RequestFailedException error) when (IsContainerMissing(error))
        {
            await _container.CreateIfNotExistsAsync().ConfigureAwait(false);
            return await request().ConfigureAwait(false);
        }
    }

    private BlobClient BlobOf(string stateName, GrainId grainId) => _container.GetBlobClient($"{stateName}-{grainId}.json");
}
