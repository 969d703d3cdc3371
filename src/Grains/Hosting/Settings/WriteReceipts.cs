using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Request = Azure.Core.Request;

namespace NSft.Grains.Hosting.Settings;

/// <summary>
/// Recognises fenced writes whose answer was lost. The client sends such a write again, finds that the blob has changed, and takes its
/// own first write for another writer's, which would end the grain's activation. So each write leaves a name of its own with the
/// blob; where the fence fails and the blob has that name, the write is made once more over itself, for an answer.
/// </summary>
/// <param name="plain">Reads what a write left, without this policy.</param>
internal sealed class WriteReceipts(BlobServiceClient plain) : HttpPipelinePolicy
{
    private const string Mark = "nsftwrite";
    private const string MarkHeader = $"x-ms-meta-{Mark}";
    private const string BlobTypeHeader = "x-ms-blob-type";
    private const string IfMatch = "If-Match";
    private const string IfNoneMatch = "If-None-Match";

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Grain state is written asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsFencedWrite(message.Request))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        var name = Guid.NewGuid().ToString("N");
        message.Request.Headers.SetValue(MarkHeader, name);
        await ProcessNextAsync(message, pipeline);
        if (message.Response.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict
            && await OwnWriteAsync(message, name) is { } etag)
        {
            message.Response.Dispose();
            message.Request.Headers.Remove(IfNoneMatch);
            message.Request.Headers.SetValue(IfMatch, etag.ToString("H"));
            await ProcessNextAsync(message, pipeline);
        }
    }

    private static bool IsFencedWrite(Request request) => request.Method == RequestMethod.Put
        && request.Headers.TryGetValue(BlobTypeHeader, out _)
        && (request.Headers.TryGetValue(IfMatch, out _) || request.Headers.TryGetValue(IfNoneMatch, out _));

    private async Task<ETag?> OwnWriteAsync(HttpMessage message, string name)
    {
        var place = new BlobUriBuilder(message.Request.Uri.ToUri());
        try
        {
            BlobProperties stored = await plain.GetBlobContainerClient(place.BlobContainerName).GetBlobClient(place.BlobName)
                .GetPropertiesAsync(cancellationToken: message.CancellationToken);
            return stored.Metadata.TryGetValue(Mark, out var writer) && writer == name ? stored.ETag : null;
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
