using NSft.Storage;

namespace NSft.Client.Storage;

/// <summary>Copies objects: many small ones at a time, large ones one after the other with many blocks at a time, manifests last.</summary>
/// <param name="from">The source.</param>
/// <param name="to">The destination.</param>
/// <param name="options">What is small, and how many are under way.</param>
internal sealed class Copier(IObjectStore from, IObjectStore to, StorageOptions options)
{
    /// <summary>Copies.</summary>
    public async Task RunAsync(CopyPlan plan, TransferProgress progress, CancellationToken cancellation)
    {
        foreach (IGrouping<bool, (string From, string To, long Bytes)> part in plan.Files.GroupBy(file => CopyPlan.IsManifest(file.To)).OrderBy(part => part.Key))
        {
            await Parallel.ForEachAsync(
                part.Where(file => file.Bytes <= options.BlockBytes),
                new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellation },
                async (file, token) => await CopyAsync(file.From, file.To, progress.Of(), token).ConfigureAwait(false)).ConfigureAwait(false);
            foreach ((string source, string target, _) in part.Where(file => file.Bytes > options.BlockBytes))
            {
                await CopyAsync(source, target, progress.Of(), cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task CopyAsync(string source, string target, IProgress<long> progress, CancellationToken cancellation)
    {
        if (from.Address.Kind == StoreKind.File)
        {
            await to.UploadAsync(target, from.Address.At(source).Path, WriteCondition.Any, progress, cancellation).ConfigureAwait(false);
            return;
        }

        if (to.Address.Kind == StoreKind.File)
        {
            await from.DownloadAsync(source, to.Address.At(target).Path, progress, cancellation).ConfigureAwait(false);
            return;
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("nsft-copy-");
        try
        {
            string path = Path.Combine(folder.FullName, "object");
            await from.DownloadAsync(source, path, null, cancellation).ConfigureAwait(false);
            await to.UploadAsync(target, path, WriteCondition.Any, progress, cancellation).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
