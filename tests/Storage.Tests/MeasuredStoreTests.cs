using NSft.Collectives;

namespace NSft.Storage.Tests;

/// <summary>What is counted of stores. Alone: counters are the process's.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredStoreTests : IDisposable
{
    private const string Name = "alone";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsft-measured-").FullName;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Operations_AreCounted_ByOutcome()
    {
        IObjectStore store = new ObjectStores(new StorageOptions()).Open(StoreAddress.Parse($"file:{_folder}"));
        double written = Total("write", StorageInstruments.Done);
        double refused = Total("write", StorageInstruments.Conflict);
        double cancelled = Total("read", StorageInstruments.Cancelled);
        double failed = Total("download", StorageInstruments.Failed);

        await store.WriteAsync("a", new byte[] { 1 }, WriteCondition.IfAbsent, Ended);
        await Assert.ThrowsAsync<StoreConflictException>(() => store.WriteAsync("a", new byte[] { 2 }, WriteCondition.IfAbsent, Ended));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("a", new CancellationToken(canceled: true)));
        await Assert.ThrowsAsync<UserInputException>(() => store.DownloadAsync("missing", Path.Combine(_folder, "copy"), null, Ended));

        Assert.Equal(1, Total("write", StorageInstruments.Done) - written);
        Assert.Equal(1, Total("write", StorageInstruments.Conflict) - refused);
        Assert.Equal(1, Total("read", StorageInstruments.Cancelled) - cancelled);
        Assert.Equal(1, Total("download", StorageInstruments.Failed) - failed);
    }

    [Fact]
    public async Task List_LeftBeforeItsEnd_IsOneThatWentWell()
    {
        IObjectStore store = new ObjectStores(new StorageOptions()).Open(StoreAddress.Parse($"file:{_folder}"));
        await store.WriteAsync("a", new byte[] { 1 }, WriteCondition.Any, Ended);
        await store.WriteAsync("b", new byte[] { 1 }, WriteCondition.Any, Ended);
        double before = Total("list", StorageInstruments.Done);

        await foreach (ObjectFacts first in store.ListAsync(string.Empty, Ended))
        {
            Assert.Equal("a", first.Name);
            break;
        }

        Assert.Equal(1, Total("list", StorageInstruments.Done) - before);
    }

    private static double Total(string operation, string outcome) => StorageInstruments.Requests.Total(operation, outcome);
}
