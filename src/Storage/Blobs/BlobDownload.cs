using Azure;
using Azure.Storage.Blobs.Models;
using NSft.Collectives;

namespace NSft.Storage.Blobs;

/// <summary>Fetches blobs into files: ranges in parallel, of one state of the blob, kept beside the file until all are there and have the hash.</summary>
internal sealed class BlobDownload(BlobPlace place, StorageOptions options)
{
    private const int Rounds = 3;

    /// <summary>Fetches a blob.</summary>
    /// <exception cref="UserInputException">It is not there, is damaged or changes all the time, or the file cannot be written.</exception>
    internal async Task<ObjectFacts> RunAsync(string name, string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        for (int round = 1; ; round++)
        {
            BlobProperties properties = await place.PropertiesAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new UserInputException($"{place.Address.At(name)}: is not there");
            ObjectFacts facts = BlobMarks.Facts(name, properties);
            try
            {
                using PartialFile file = PartialFile.Open(path, facts, options.BlockBytes);
                await FillAsync(file, facts, progress, cancellationToken).ConfigureAwait(false);
                if (await Task.Run(() => file.TryFinish(facts.Sha256), cancellationToken).ConfigureAwait(false))
                {
                    return facts;
                }

                if (!file.HadEarlierParts)
                {
                    throw new UserInputException($"{place.Address.At(name)}: is damaged: its bytes do not have the hash that its writer noted");
                }
            }
            catch (RequestFailedException answer) when (BlobFailures.IsForTheCaller(answer) && round < Rounds)
            {
                // It was written anew meanwhile: what was fetched is of an older state.
            }
            catch (RequestFailedException answer) when (BlobFailures.IsForTheCaller(answer))
            {
                throw new UserInputException($"{place.Address.At(name)}: was written {round} times while it was fetched", answer);
            }
        }
    }

    private async Task FillAsync(PartialFile file, ObjectFacts facts, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        long done = facts.Bytes - file.Missing().Sum(part => (long)part.Length);
        if (done > 0)
        {
            progress?.Report(done);
        }

        BlobRequestConditions same = BlobMarks.Conditions(WriteCondition.IfMatch(facts.ETag))!;
        await Parallel.ForEachAsync(
            file.Missing(),
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                using FileBlock block = new(part.Index, part.Length);
                await FetchAsync(facts.Name, part.Start, block.Bytes, same, token).ConfigureAwait(false);
                file.Put(part.Index, block.Bytes.Span);
                progress?.Report(Interlocked.Add(ref done, part.Length));
            }).ConfigureAwait(false);
    }

    private async Task FetchAsync(string name, long start, Memory<byte> bytes, BlobRequestConditions same, CancellationToken cancellationToken)
    {
        BlobDownloadOptions range = new() { Range = new HttpRange(start, bytes.Length), Conditions = same };
        _ = await place.AskAsync(
            name,
            async (blob, token) =>
            {
                using BlobDownloadStreamingResult answer = await blob.DownloadStreamingAsync(range, token).ConfigureAwait(false);
                await answer.Content.ReadExactlyAsync(bytes, token).ConfigureAwait(false);
                return blob;
            },
            cancellationToken).ConfigureAwait(false)
            ?? throw new RequestFailedException(412, $"{name} is gone");
    }
}
