using NSft.Collectives;

namespace NSft.Training.Checkpoints;

/// <summary>
/// A place of checkpoints. Part files are written first, each by the worker that owns the state, the manifest last: a crash at any time
/// leaves the older checkpoints whole, and at most files without a manifest that <see cref="CleanAsync"/> removes.
/// </summary>
/// <remarks>One writer at a time; any number of readers. What cannot be written or read is a <see cref="UserInputException"/> that names it.</remarks>
public interface ICheckpointStore
{
    /// <summary>The folder, or the address.</summary>
    string Place { get; }

    /// <summary>Begins a checkpoint.</summary>
    /// <param name="step">Number of steps that its state will have seen.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Where the part files go: for <see cref="CheckpointStores.WriteAsync"/> in any process.</returns>
    Task<string> BeginAsync(int step, CancellationToken cancellationToken);

    /// <summary>Makes a checkpoint of part files that are all written. It replaces an older one of the same step.</summary>
    /// <param name="staging">From <see cref="BeginAsync"/>; gone afterwards, also when this throws.</param>
    /// <param name="manifest">What it holds. Files without bytes are left out.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="UserInputException">A file is missing or of another size, the files do not hold every element once, another writer was here, or the place cannot be written.</exception>
    Task CompleteAsync(string staging, CheckpointManifest manifest, CancellationToken cancellationToken);

    /// <summary>Gives up a checkpoint: what was written of it is removed where that is possible.</summary>
    /// <param name="staging">From <see cref="BeginAsync"/>.</param>
    Task AbandonAsync(string staging);

    /// <summary>Checkpoints whose manifests can be read, oldest first.</summary>
    Task<IReadOnlyList<StoredCheckpoint>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Looks for the newest checkpoint whose files are all there with the right hashes.</summary>
    /// <param name="planHash">Plan that it must have been written by; null for any.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    Task<CheckpointSearch> FindNewestWholeAsync(string? planHash, CancellationToken cancellationToken);

    /// <summary>Removes all but the newest checkpoints; damaged ones count as long as a manifest can be read.</summary>
    /// <param name="keep">How many to keep, at least 1.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    Task PruneAsync(int keep, CancellationToken cancellationToken);

    /// <summary>Removes what crashes left behind. Only while nobody writes a checkpoint here.</summary>
    Task CleanAsync(CancellationToken cancellationToken);
}
