using NSft.Storage;
using NSft.Training.Tests.Checkpoints;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace NSft.Training.Tests.Checkpoints;

/// <summary>The contract over the blob service.</summary>
/// <param name="azurite">The service.</param>
public sealed class AzuriteCheckpointStoreTests(AzuriteFixture azurite) : CheckpointStoreContract
{
    private protected override ValueTask<CheckpointPlace> OpenAsync(string root) => ValueTask.FromResult(new CheckpointPlace(
        new ObjectStores(new StorageOptions { ConnectionString = azurite.Server.ConnectionString, BlockBytes = 64 << 10 }),
        $"azblob:test-{Guid.NewGuid():N}/runs/first.checkpoints",
        Path.Combine(root, "scratch")));
}
