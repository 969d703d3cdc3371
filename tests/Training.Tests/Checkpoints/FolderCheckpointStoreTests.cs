using NSft.Storage;

namespace NSft.Training.Tests.Checkpoints;

public sealed class FolderCheckpointStoreTests : CheckpointStoreContract
{
    private protected override ValueTask<CheckpointPlace> OpenAsync(string root) =>
        ValueTask.FromResult(new CheckpointPlace(new ObjectStores(new StorageOptions()), Path.Combine(root, "checkpoints"), Path.Combine(root, "scratch")));
}
