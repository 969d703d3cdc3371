using NSft.Collectives;
using NSft.Storage;

namespace NSft.Training.Checkpoints;

/// <summary>Opens places of checkpoints, folders and addresses of blobs alike. One per process.</summary>
/// <param name="stores">Opens addresses.</param>
/// <param name="scratch">Room for files on their way.</param>
public sealed class CheckpointStores(IObjectStores stores, ScratchFolder scratch)
{
    /// <summary>The checkpoints at a place.</summary>
    /// <param name="place">A folder, or an address.</param>
    /// <exception cref="UserInputException">The address cannot be opened.</exception>
    public ICheckpointStore Open(string place) => StoreAddress.IsBlob(place)
        ? new ObjectCheckpointStore(stores, StoreAddress.Parse(place), scratch)
        : new FolderCheckpointStore(place);

    /// <summary>One checkpoint, to be read.</summary>
    /// <param name="place">From <see cref="StoredCheckpoint.Place"/>.</param>
    public ICheckpointSource OpenCheckpoint(string place) => StoreAddress.IsBlob(place)
        ? new ObjectCheckpoint(stores.Open(StoreAddress.Parse(place)), scratch)
        : new FolderCheckpoint(place);

    /// <summary>Writes a part, whole or not at all, and lets its memory go as soon as it is on the disk.</summary>
    /// <param name="staging">From <see cref="ICheckpointStore.BeginAsync"/>.</param>
    /// <param name="part">The part; disposed here.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The manifest's entry.</returns>
    /// <exception cref="UserInputException">The place cannot be written: the disk is full, read-only or gone, or the store refuses.</exception>
    public Task<CheckpointFile> WriteAsync(string staging, CheckpointPart part, CancellationToken cancellationToken) => StoreAddress.IsBlob(staging)
        ? UploadAsync(CheckpointAttempt.Parse(staging), part, cancellationToken)
        : Task.Run(() => CheckpointPartFile.Write(staging, part), CancellationToken.None);

    private async Task<CheckpointFile> UploadAsync(CheckpointAttempt attempt, CheckpointPart part, CancellationToken cancellationToken)
    {
        string? folder = null;
        try
        {
            CheckpointFile file = await Task.Run(
                () =>
                {
                    using (part)
                    {
                        folder = scratch.Make();
                        return CheckpointPartFile.Write(folder, part);
                    }
                },
                CancellationToken.None).ConfigureAwait(false);
            if (file.Bytes == 0)
            {
                return file;
            }

            CheckpointFile stored = file with { Name = attempt.NameOf(file.Name) };
            ObjectFacts facts = await stores.Open(attempt.Address)
                .UploadAsync(stored.Name, Path.Combine(folder!, file.Name), WriteCondition.Any, null, cancellationToken).ConfigureAwait(false);
            return facts.Bytes == file.Bytes && (facts.Sha256 is null || facts.Sha256 == file.Sha256)
                ? stored
                : throw new UserInputException($"{attempt.Checkpoint}/{stored.Name}: what was stored is not what was written; is the local disk at fault?");
        }
        finally
        {
            if (folder is not null)
            {
                ScratchFolder.Remove(folder);
            }
        }
    }
}
