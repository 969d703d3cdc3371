using NSft.Collectives;

namespace NSft.Training.Checkpoints;

/// <summary>A folder of checkpoints. A checkpoint is built in a staging folder and takes its name, <c>step-000123</c>, when it is whole.</summary>
/// <remarks>
/// Part files first, the manifest last, then the rename: a crash at any time leaves the older checkpoints whole and at most a staging
/// folder that <see cref="CleanStaging"/> removes. One writer at a time; any number of readers.
/// </remarks>
/// <param name="root">The folder; made when the first checkpoint is begun.</param>
public sealed class FolderCheckpointStore(string root) : ICheckpointStore
{
    private const string StagingPrefix = ".staging-";
    private const string RemovedPrefix = ".removed-";

    /// <inheritdoc/>
    public string Place => root;

    /// <summary>Begins a checkpoint.</summary>
    /// <param name="step">Number of steps that its state will have seen.</param>
    /// <returns>A new folder to write the part files into.</returns>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public string Begin(int step)
    {
        string staging = Path.Combine(root, $"{StagingPrefix}{CheckpointName.Number(step)}-{Guid.NewGuid():N}");
        Change(staging, () => Directory.CreateDirectory(staging));
        return staging;
    }

    /// <summary>Makes a checkpoint of a staging folder whose part files are all written. It replaces an older one of the same step.</summary>
    /// <param name="staging">From <see cref="Begin"/>; gone afterwards, also when this throws.</param>
    /// <param name="manifest">What it holds. Files without bytes are left out.</param>
    /// <exception cref="UserInputException">A file is missing or of another size, the files do not hold every element once, or the place cannot be written.</exception>
    public void Complete(string staging, CheckpointManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        try
        {
            CheckpointManifest whole = manifest.WithoutEmptyFiles();
            whole.EnsureGapless(staging);
            foreach (CheckpointFile file in whole.Files)
            {
                EnsureSize(Path.Combine(staging, file.Name), file.Bytes);
            }

            whole.Write(staging);
            DirectoryFlush.Flush(staging);
            string final = Path.Combine(root, CheckpointName.Of(manifest.Step));
            Change(final, () =>
            {
                Remove(final);
                Directory.Move(staging, final);
            });
            DirectoryFlush.Flush(root);
        }
        catch
        {
            Abandon(staging);
            throw;
        }
    }

    /// <summary>Gives up a checkpoint: its staging folder is removed where that is possible.</summary>
    /// <param name="staging">From <see cref="Begin"/>.</param>
    public static void Abandon(string staging) => TryDelete(staging);

    /// <summary>Checkpoints whose manifests can be read, oldest first.</summary>
    public IReadOnlyList<StoredCheckpoint> List()
    {
        var found = new List<StoredCheckpoint>();
        foreach (string directory in StepDirectories())
        {
            try
            {
                found.Add(new StoredCheckpoint(directory, CheckpointManifest.Read(directory)));
            }
            catch (UserInputException)
            {
                // FindNewestWhole names what is damaged.
            }
        }

        return found;
    }

    /// <summary>Looks for the newest checkpoint whose files are all there with the right hashes.</summary>
    /// <param name="planHash">Plan that it must have been written by; null for any.</param>
    public CheckpointSearch FindNewestWhole(string? planHash)
    {
        var problems = new List<string>();
        foreach (string directory in StepDirectories().Reverse())
        {
            try
            {
                CheckpointManifest manifest = CheckpointManifest.Read(directory);
                manifest.EnsureUsable(directory, planHash);
                Array.ForEach(manifest.Files, file => CheckpointPartFile.Verify(directory, file));
                return new CheckpointSearch(new StoredCheckpoint(directory, manifest), problems);
            }
            catch (UserInputException exception)
            {
                problems.Add(exception.Message);
            }
        }

        return new CheckpointSearch(null, problems);
    }

    /// <summary>Removes all but the newest checkpoints; damaged ones count as long as a manifest can be read.</summary>
    /// <param name="keep">How many to keep, at least 1.</param>
    /// <exception cref="UserInputException">One cannot be removed.</exception>
    public void Prune(int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        string[] readable = [.. List().Select(info => info.Place)];
        if (readable.Length > keep)
        {
            string oldestKept = readable[^keep];
            foreach (string directory in StepDirectories().TakeWhile(directory => directory != oldestKept).ToArray())
            {
                Change(directory, () => Remove(directory));
            }
        }
    }

    /// <summary>Removes what crashes left behind. Only while nobody writes a checkpoint here.</summary>
    public void CleanStaging()
    {
        foreach (string directory in Directories(StagingPrefix).Concat(Directories(RemovedPrefix)).ToArray())
        {
            TryDelete(directory);
        }
    }

    /// <inheritdoc/>
    Task<string> ICheckpointStore.BeginAsync(int step, CancellationToken cancellationToken) => Task.Run(() => Begin(step), cancellationToken);

    /// <inheritdoc/>
    Task ICheckpointStore.CompleteAsync(string staging, CheckpointManifest manifest, CancellationToken cancellationToken) =>
        Task.Run(() => Complete(staging, manifest), cancellationToken);

    /// <inheritdoc/>
    Task ICheckpointStore.AbandonAsync(string staging) => Task.Run(() => Abandon(staging));

    /// <inheritdoc/>
    Task<IReadOnlyList<StoredCheckpoint>> ICheckpointStore.ListAsync(CancellationToken cancellationToken) => Task.Run(List, cancellationToken);

    /// <inheritdoc/>
    Task<CheckpointSearch> ICheckpointStore.FindNewestWholeAsync(string? planHash, CancellationToken cancellationToken) =>
        Task.Run(() => FindNewestWhole(planHash), cancellationToken);

    /// <inheritdoc/>
    Task ICheckpointStore.PruneAsync(int keep, CancellationToken cancellationToken) => Task.Run(() => Prune(keep), cancellationToken);

    /// <inheritdoc/>
    Task ICheckpointStore.CleanAsync(CancellationToken cancellationToken) => Task.Run(CleanStaging, cancellationToken);

    private static void EnsureSize(string path, long bytes)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != bytes)
        {
            throw new UserInputException($"{path}: the checkpoint's file is missing or does not have {bytes} bytes");
        }
    }

    private static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left for CleanStaging: a folder that cannot be removed harms nothing but space.
        }
    }

    private static void Change(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"{path}: the checkpoint cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Takes a checkpoint's name away at once, so that a crash while deleting leaves no half of one.</summary>
    private void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            string removed = Path.Combine(root, $"{RemovedPrefix}{Guid.NewGuid():N}");
            Directory.Move(directory, removed);
            TryDelete(removed);
        }
    }

    private IEnumerable<string> StepDirectories() => Directories(CheckpointName.Prefix)
        .Where(directory => CheckpointName.StepOf(Path.GetFileName(directory)) is not null)
        .OrderBy(directory => CheckpointName.StepOf(Path.GetFileName(directory)));

    private IEnumerable<string> Directories(string prefix) =>
        Directory.Exists(root) ? Directory.EnumerateDirectories(root, prefix + "*") : [];
}
