using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>The blobs below an address, and requests about them.</summary>
/// <param name="address">The address.</param>
/// <param name="container">Its container.</param>
/// <param name="requests">Makes requests.</param>
internal sealed class BlobPlace(StoreAddress address, BlobContainerClient container, BlobRequests requests)
{
    /// <summary>The address.</summary>
    internal StoreAddress Address { get; } = address;

    /// <summary>The container.</summary>
    internal BlobContainerClient Container { get; } = container;

    /// <summary>What the names of the blobs begin with.</summary>
    internal string Root { get; } = address.Path.Length == 0 ? string.Empty : address.Path + "/";

    /// <summary>One blob.</summary>
    internal BlockBlobClient Blob(string name) => Container.GetBlockBlobClient(Root + ObjectName.Check(Address, name));

    /// <summary>Asks about a blob.</summary>
    /// <returns>The answer; null when the blob or its container is not there.</returns>
    internal async Task<T?> AskAsync<T>(string name, Func<BlockBlobClient, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
        where T : class
    {
        BlockBlobClient blob = Blob(name);
        try
        {
            return await requests.RunAsync(Address.At(name), token => request(blob, token), cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException answer) when (BlobFailures.IsAbsent(answer))
        {
            return null;
        }
    }

    /// <summary>What the service knows of a blob; null when it is not there.</summary>
    internal Task<BlobProperties?> PropertiesAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(name, async (blob, token) => (await blob.GetPropertiesAsync(cancellationToken: token).ConfigureAwait(false)).Value, cancellationToken);

    /// <summary>Sends something; makes the container when it is not there.</summary>
    internal async Task<T> SendAsync<T>(string name, Func<BlockBlobClient, CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        BlockBlobClient blob = Blob(name);
        StoreAddress place = Address.At(name);
        try
        {
            return await requests.RunAsync(place, token => request(blob, token), cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException answer) when (BlobFailures.IsNoContainer(answer))
        {
            await MakeContainerAsync(cancellationToken).ConfigureAwait(false);
            return await requests.RunAsync(place, token => request(blob, token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the container if it is not there.</summary>
    internal async Task MakeContainerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await requests.RunAsync(Address, token => Container.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken).ConfigureAwait(false);
        }
        catch (UserInputException refused) when (refused.InnerException is RequestFailedException { Status: 403 })
        {
            throw new UserInputException($"{Address}: the container '{Container.Name}' is not there, and these credentials may not make it; make it, or check its name", refused);
        }
    }

    /// <summary>Asks about the container or its listing.</summary>
    internal Task<T> AskContainerAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
        requests.RunAsync(Address, request, cancellationToken);

    /// <summary>Sends what makes a new state of a blob. When its answer is lost, it is recognised as done by the write's name.</summary>
    /// <param name="name">The blob.</param>
    /// <param name="write">Name of the write, in the metadata that the request sends.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>ETag and time of the new state.</returns>
    /// <exception cref="StoreConflictException">Another writer was first.</exception>
    internal async Task<(ETag ETag, DateTimeOffset ChangedAt)> CommitAsync(
        string name, string write, Func<BlockBlobClient, CancellationToken, Task<Response<BlobContentInfo>>> request, CancellationToken cancellationToken)
    {
        try
        {
            BlobContentInfo made = await SendAsync(name, request, cancellationToken).ConfigureAwait(false);
            return (made.ETag, made.LastModified);
        }
        catch (RequestFailedException answer) when (BlobFailures.IsForTheCaller(answer))
        {
            BlobProperties? now = await PropertiesAsync(name, cancellationToken).ConfigureAwait(false);
            return now is not null && BlobMarks.WriteOf(now.Metadata) == write
                ? (now.ETag, now.LastModified)
                : throw new StoreConflictException($"{Address.At(name)}: {(now is null ? "is gone" : "was written by another")} ({answer.ErrorCode})", answer);
        }
    }
}
