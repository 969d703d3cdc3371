using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>Objects that are block blobs of a container.</summary>
internal sealed class BlobStore : IObjectStore
{
    private readonly BlobPlace _place;
    private readonly BlobUpload _upload;
    private readonly BlobDownload _download;
    private readonly BlobJournal _journal;

    /// <summary>The blobs at a place.</summary>
    internal BlobStore(BlobPlace place, StorageOptions options)
    {
        _place = place;
        _upload = new BlobUpload(place, options);
        _download = new BlobDownload(place, options);
        _journal = new BlobJournal(place);
    }

    public StoreAddress Address => _place.Address;

    public async Task<ObjectFacts?> FindAsync(string name, CancellationToken cancellationToken) =>
        await _place.PropertiesAsync(name, cancellationToken).ConfigureAwait(false) is BlobProperties properties ? BlobMarks.Facts(name, properties) : null;

    public async IAsyncEnumerable<ObjectFacts> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            Page<BlobItem>? page = await PageAsync(_place.Root + prefix, next, cancellationToken).ConfigureAwait(false);
            foreach (BlobItem item in (page?.Values ?? []).Where(item => !IsFolder(item)))
            {
                yield return BlobMarks.Facts(item.Name[_place.Root.Length..], item);
            }

            next = page?.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    public async Task<StoredContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        BlobDownloadResult? read = await _place.AskAsync(
            name, async (blob, token) => (await blob.DownloadContentAsync(token).ConfigureAwait(false)).Value, cancellationToken).ConfigureAwait(false);
        if (read is null)
        {
            return null;
        }

        ReadOnlyMemory<byte> content = read.Content.ToMemory();
        ObjectFacts facts = BlobMarks.Facts(name, read.Details, content.Length);
        return facts.Sha256 is null || facts.Sha256 == Convert.ToHexStringLower(SHA256.HashData(content.Span))
            ? new StoredContent(content, facts)
            : throw new UserInputException($"{Address.At(name)}: is damaged: its bytes do not have the hash that its writer noted");
    }

    public Task<ObjectFacts> WriteAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        _upload.PutAsync(name, content, condition, cancellationToken);

    public Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken) =>
        _journal.AppendAsync(name, content, expectedBytes, cancellationToken);

    public Task<ObjectFacts> UploadAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken) =>
        _upload.RunAsync(name, path, condition, progress, cancellationToken);

    public Task<ObjectFacts> DownloadAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken) =>
        _download.RunAsync(name, path, progress, cancellationToken);

    public async Task DeleteAsync(string name, WriteCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            await _place.AskAsync(
                name, (blob, token) => blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, BlobMarks.Conditions(condition), token), cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException answer) when (BlobFailures.IsConflict(answer))
        {
            throw new StoreConflictException($"{Address.At(name)}: was changed since it was read", answer);
        }
    }

    // Accounts with a hierarchy, and tools that draw one, keep empty blobs for folders.
    private static bool IsFolder(BlobItem item) =>
        item.Name.EndsWith('/') || (item.Properties.ContentLength == 0 && item.Metadata is not null && item.Metadata.ContainsKey("hdi_isfolder"));

    private async Task<Page<BlobItem>?> PageAsync(string prefix, string? next, CancellationToken cancellationToken)
    {
        try
        {
            return await _place.AskContainerAsync(
                async token =>
                {
                    await foreach (Page<BlobItem> page in _place.Container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, token).AsPages(next).ConfigureAwait(false))
                    {
                        return page;
                    }

                    return null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException answer) when (BlobFailures.IsNoContainer(answer))
        {
            return null;
        }
    }
}
