using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs.Models;

namespace NSft.Storage.Blobs;

/// <summary>
/// Adds to the ends of blobs. Each addition is a block, committed under the ETag of what it is added to. Append blobs are not used: they take
/// 50 000 additions, which a long run exceeds, and cannot say whose addition it was when an answer is lost. Here small blocks at the end are joined now and then.
/// </summary>
internal sealed class BlobJournal(BlobPlace place)
{
    private const int MostSmall = 256;
    private const long Small = 1 << 20;

    private readonly ConcurrentDictionary<string, JournalTail> _tails = new(StringComparer.Ordinal);

    /// <summary>Adds bytes.</summary>
    /// <returns>The size afterwards.</returns>
    /// <exception cref="StoreConflictException">The blob does not have the expected size.</exception>
    internal async Task<long> AppendAsync(string name, ReadOnlyMemory<byte> content, long expectedBytes, CancellationToken cancellationToken)
    {
        JournalTail tail = _tails.TryRemove(name, out JournalTail? known) && known.Bytes == expectedBytes
            ? known
            : await LoadAsync(name, cancellationToken).ConfigureAwait(false);
        if (tail.Bytes != expectedBytes)
        {
            throw new StoreConflictException($"{place.Address.At(name)}: has {tail.Bytes} bytes, not {expectedBytes}: another writer added to it");
        }

        if (content.IsEmpty)
        {
            return expectedBytes;
        }

        IReadOnlyList<JournalBlock> before = await JoinedAsync(name, tail, cancellationToken).ConfigureAwait(false);
        JournalBlock[] blocks = [.. before, await StageAsync(name, content, cancellationToken).ConfigureAwait(false)];
        string write = BlobMarks.NewWrite();
        CommitBlockListOptions commit = new()
        {
            Conditions = BlobMarks.Conditions(tail.ETag is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(tail.ETag)),
            Metadata = BlobMarks.Of(null, write),
        };
        (ETag etag, _) = await place.CommitAsync(
            name, write, (blob, token) => blob.CommitBlockListAsync(blocks.Select(block => block.Id), commit, token), cancellationToken).ConfigureAwait(false);
        JournalTail after = new(BlobMarks.Text(etag), blocks);
        _tails[name] = after;
        return after.Bytes;
    }

    private async Task<JournalTail> LoadAsync(string name, CancellationToken cancellationToken)
    {
        Response<BlockList>? answer = await place.AskAsync(
            name, (blob, token) => blob.GetBlockListAsync(BlockListTypes.Committed, cancellationToken: token), cancellationToken).ConfigureAwait(false);
        if (answer is null || !answer.GetRawResponse().Headers.TryGetValue("ETag", out string? etag))
        {
            return JournalTail.None;
        }

        JournalBlock[] blocks = [.. answer.Value.CommittedBlocks.Select(block => new JournalBlock(block.Name, block.SizeLong))];
        long bytes = answer.Value.BlobContentLength;
        return new JournalTail(etag.Trim('"'), blocks.Sum(block => block.Bytes) == bytes ? blocks : [new JournalBlock(null, bytes)]);
    }

    private async Task<IReadOnlyList<JournalBlock>> JoinedAsync(string name, JournalTail tail, CancellationToken cancellationToken)
    {
        IReadOnlyList<JournalBlock> blocks = tail.Blocks;
        int kept = blocks.Count;
        while (kept > 0 && (blocks[kept - 1].Id is null || blocks[kept - 1].Bytes < Small))
        {
            kept--;
        }

        if (blocks.Count - kept < MostSmall && blocks.All(block => block.Id is not null))
        {
            return blocks;
        }

        long start = blocks.Take(kept).Sum(block => block.Bytes);
        BlobDownloadOptions range = new()
        {
            Range = new HttpRange(start, tail.Bytes - start),
            Conditions = BlobMarks.Conditions(WriteCondition.IfMatch(tail.ETag!)),
        };
        BlobDownloadResult? read;
        try
        {
            read = await place.AskAsync(
                name, async (blob, token) => (await blob.DownloadContentAsync(range, token).ConfigureAwait(false)).Value, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException answer) when (BlobFailures.IsConflict(answer))
        {
            throw new StoreConflictException($"{place.Address.At(name)}: another writer added to it", answer);
        }

        return read is null
            ? throw new StoreConflictException($"{place.Address.At(name)}: is gone")
            : [.. blocks.Take(kept), await StageAsync(name, read.Content.ToMemory(), cancellationToken).ConfigureAwait(false)];
    }

    private async Task<JournalBlock> StageAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        string id = BlockIds.New();
        await place.SendAsync(
            name, (blob, token) => blob.StageBlockAsync(id, BinaryData.FromBytes(content).ToStream(), new BlockBlobStageBlockOptions(), token), cancellationToken).ConfigureAwait(false);
        return new JournalBlock(id, content.Length);
    }
}
