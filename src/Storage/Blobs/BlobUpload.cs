using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Storage.Files;

namespace NSft.Storage.Blobs;

/// <summary>
/// Stores content as blobs: small ones by one request, large ones as blocks in parallel. A block's id holds the hash of its bytes, so blocks that
/// an interrupted transfer left with the service are found again and not sent twice.
/// </summary>
internal sealed class BlobUpload(BlobPlace place, StorageOptions options)
{
    private const int MostBlocks = 50_000;
    private const int Rounds = 3;

    private static readonly UploadTransferValidationOptions Checked = new() { ChecksumAlgorithm = StorageChecksumAlgorithm.MD5 };

    /// <summary>Stores bytes.</summary>
    /// <exception cref="StoreConflictException">The condition does not hold.</exception>
    internal async Task<ObjectFacts> PutAsync(string name, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        string write = BlobMarks.NewWrite();
        BlobUploadOptions upload = new()
        {
            Conditions = BlobMarks.Conditions(condition),
            Metadata = BlobMarks.Of(hash, write),
            TransferValidation = Checked,
            // More than there is: one request, whose blocks cannot mix with those of another write at the same time.
            TransferOptions = new StorageTransferOptions { InitialTransferSize = content.Length + 1L },
        };
        (ETag etag, DateTimeOffset changedAt) = await place.CommitAsync(
            name, write, (blob, token) => blob.UploadAsync(Memory(content), upload, token), cancellationToken).ConfigureAwait(false);
        return new ObjectFacts(name, content.Length, BlobMarks.Text(etag), hash, changedAt);
    }

    /// <summary>Stores a file.</summary>
    /// <exception cref="StoreConflictException">The condition does not hold.</exception>
    internal async Task<ObjectFacts> RunAsync(string name, string path, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await using FileStream file = LocalFile.OpenRead(path);
        if (file.Length <= options.BlockBytes)
        {
            byte[] content = new byte[file.Length];
            await ReadAsync(file, content, cancellationToken).ConfigureAwait(false);
            ObjectFacts stored = await PutAsync(name, content, condition, cancellationToken).ConfigureAwait(false);
            progress?.Report(stored.Bytes);
            return stored;
        }

        if (await ThereAsync(name, file, condition, cancellationToken).ConfigureAwait(false) is ObjectFacts there)
        {
            progress?.Report(there.Bytes);
            return there;
        }

        for (int round = 1; ; round++)
        {
            try
            {
                return await BlocksAsync(name, file, condition, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreConflictException conflict) when (
                condition == WriteCondition.Any && round < Rounds && conflict.InnerException is RequestFailedException { ErrorCode: "InvalidBlockList" })
            {
                // Another write of the same object threw our blocks away; nothing forbids ours, so they are sent again.
            }
        }
    }

    // A condition that cannot hold is told before gigabytes are sent, and an equal object is not sent again.
    private async Task<ObjectFacts?> ThereAsync(string name, FileStream file, WriteCondition condition, CancellationToken cancellationToken)
    {
        ObjectFacts? there = await place.PropertiesAsync(name, cancellationToken).ConfigureAwait(false) is BlobProperties properties ? BlobMarks.Facts(name, properties) : null;
        if (condition.MustBeAbsent ? there is not null : condition.ETag is not null && condition.ETag != there?.ETag)
        {
            throw new StoreConflictException($"{place.Address.At(name)}: {(there is null ? "is gone" : "was written by another")}");
        }

        return condition == WriteCondition.Any && there?.Sha256 is string hash && there.Bytes == file.Length
            && hash == await Task.Run(() => FileHash.OfFile(file.Name), cancellationToken).ConfigureAwait(false)
            ? there
            : null;
    }

    private async Task<ObjectFacts> BlocksAsync(string name, FileStream file, WriteCondition condition, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        long length = file.Length;
        int blockBytes = (int)Math.Max(options.BlockBytes, (length + MostBlocks - 1) / MostBlocks);
        string[] ids = new string[(length + blockBytes - 1) / blockBytes];
        HashSet<string> sent = await SentAsync(name, cancellationToken).ConfigureAwait(false);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long done = 0;
        await Parallel.ForEachAsync(
            FileBlocksAsync(file, blockBytes, hash, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (block, token) =>
            {
                using (block)
                {
                    string id = ids[block.Index] = Id(block);
                    if (!sent.Contains(id))
                    {
                        await StageAsync(name, id, block.Bytes, token).ConfigureAwait(false);
                    }

                    progress?.Report(Interlocked.Add(ref done, block.Bytes.Length));
                }
            }).ConfigureAwait(false);
        string sha256 = Convert.ToHexStringLower(hash.GetCurrentHash());
        string write = BlobMarks.NewWrite();
        CommitBlockListOptions commit = new() { Conditions = BlobMarks.Conditions(condition), Metadata = BlobMarks.Of(sha256, write) };
        (ETag etag, DateTimeOffset changedAt) = await place.CommitAsync(
            name, write, (blob, token) => blob.CommitBlockListAsync(ids, commit, token), cancellationToken).ConfigureAwait(false);
        return new ObjectFacts(name, length, BlobMarks.Text(etag), sha256, changedAt);
    }

    private async Task StageAsync(string name, string id, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        BlockBlobStageBlockOptions stage = new() { TransferValidation = Checked };
        await place.SendAsync(name, (blob, token) => blob.StageBlockAsync(id, Memory(bytes), stage, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<HashSet<string>> SentAsync(string name, CancellationToken cancellationToken)
    {
        BlockList? list = await place.AskAsync(
            name, async (blob, token) => (await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: token).ConfigureAwait(false)).Value, cancellationToken).ConfigureAwait(false);
        return list is null ? [] : [.. list.UncommittedBlocks.Select(block => block.Name)];
    }

    private static async IAsyncEnumerable<FileBlock> FileBlocksAsync(
        FileStream file, int blockBytes, IncrementalHash hash, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        file.Position = 0;
        long left = file.Length;
        for (int index = 0; left > 0; index++)
        {
            FileBlock block = new(index, (int)Math.Min(blockBytes, left));
            await ReadAsync(file, block.Bytes, cancellationToken).ConfigureAwait(false);
            hash.AppendData(block.Bytes.Span);
            left -= block.Bytes.Length;
            yield return block;
        }
    }

    private static async Task ReadAsync(FileStream file, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new UserInputException($"{file.Name}: cannot be read to its end; was it changed meanwhile? {exception.Message}", exception);
        }
    }

    private static string Id(FileBlock block)
    {
        Span<byte> id = stackalloc byte[BlockIds.Bytes];
        BinaryPrimitives.WriteInt32BigEndian(id, block.Index);
        SHA256.HashData(block.Bytes.Span, id[sizeof(int)..]);
        return Convert.ToBase64String(id);
    }

    private static MemoryStream Memory(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
