using NSft.Collectives;
using NSft.Tests.Stores;
using NSft.Training.Checkpoints;

namespace NSft.Training.Tests.Checkpoints;

/// <summary>The contract over objects, and what can go wrong with each request of a writer.</summary>
public sealed class ObjectCheckpointStoreTests : CheckpointStoreContract
{
    private const string Address = "azblob:runs/first.checkpoints";

    private FolderStores? _stores;
    private string _scratch = "";

    private StoreFaults Faults => _stores!.Faults;

    private protected override ValueTask<CheckpointPlace> OpenAsync(string root)
    {
        _stores = new FolderStores(Path.Combine(root, "blobs"));
        _scratch = Path.Combine(root, "scratch");
        return ValueTask.FromResult(new CheckpointPlace(_stores, Address, _scratch));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_KilledAtAnyChange_LeavesAWholeOneAndTheNextWriterGoesOn(bool isDoneBefore)
    {
        await RestartAsync();
        await CycleAsync(Place.Reopen(), 3);
        int changes = Faults.Changes;
        for (int kill = 1; kill <= changes; kill++)
        {
            await RestartAsync();
            Faults.KillAt(kill, isDoneBefore);
            await Assert.ThrowsAsync<KilledException>(() => CycleAsync(Place.Reopen(), 3));
            Faults.Heal();

            (StoredCheckpoint? newest, IReadOnlyList<string> problems) = await Place.Reopen().FindNewestWholeAsync(CheckpointPlace.PlanHash, Cancellation);
            Assert.Empty(problems);
            Assert.InRange(newest!.Step, 2, 3);
            Place.AssertHolds(newest.Place, newest.Step);
            ICheckpointStore next = Place.Reopen();
            await CycleAsync(next, 4);
            await CycleAsync(next, 5);
            await CycleAsync(next, 6);
            Assert.Equal([5, 6], (await next.ListAsync(Cancellation)).Select(one => one.Step));
            Assert.All(await Place.NamesAsync(), name => Assert.Matches("step-00000[56]/", name));
            Assert.Equal(6, (await Place.NamesAsync()).Length);
        }

        Assert.True(changes > 5, $"{changes} changes");
    }

    [Fact]
    public async Task Complete_AnswerOfTheManifestIsLost_ItsFilesStay()
    {
        string staging = await Store.BeginAsync(1, Cancellation);
        CheckpointFile[] files = await Place.WritePartsAsync(staging, 1);
        Faults.Heal();
        Faults.KillAt(1, isDoneBefore: true);

        await Assert.ThrowsAsync<KilledException>(() => Store.CompleteAsync(staging, CheckpointPlace.Manifest(1, files), Cancellation));

        Faults.Heal();
        await Place.AssertNewestIsAsync(1);
    }

    [Fact]
    public async Task Complete_AnotherWriterHasBegun_IsRefusedAndRemovesNothingOfTheOther()
    {
        await Place.WriteAsync(1);
        ICheckpointStore successor = Place.Reopen();
        string replaced = await Store.BeginAsync(2, Cancellation);
        CheckpointFile[] files = await Place.WritePartsAsync(replaced, 2);
        string staging = await successor.BeginAsync(2, Cancellation);
        CheckpointFile[] own = await Place.WritePartsAsync(staging, 2);

        UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => Store.CompleteAsync(replaced, CheckpointPlace.Manifest(2, files), Cancellation));
        await successor.CompleteAsync(staging, CheckpointPlace.Manifest(2, own), Cancellation);

        Assert.Contains("another coordinator", error.Message, StringComparison.Ordinal);
        await Place.AssertNewestIsAsync(2);
    }

    [Fact]
    public async Task Complete_ManifestAppearsMeanwhile_IsNotReplaced()
    {
        string slow = await Store.BeginAsync(2, Cancellation);
        CheckpointFile[] files = await Place.WritePartsAsync(slow, 2);
        bool isFirst = true;
        Faults.Before = async name =>
        {
            // Frozen between the check of its claim and the manifest; its successor writes the same step in that time.
            if (isFirst && name.EndsWith("manifest.json", StringComparison.Ordinal))
            {
                isFirst = false;
                await Place.WriteAsync(2, Place.Reopen());
            }
        };

        await Assert.ThrowsAsync<UserInputException>(() => Store.CompleteAsync(slow, CheckpointPlace.Manifest(2, files), Cancellation));

        await Place.AssertNewestIsAsync(2);
    }

    [Fact]
    public async Task Clean_ByAReplacedWriter_LeavesWhatItsSuccessorIsWriting()
    {
        await Place.WriteAsync(1);
        ICheckpointStore successor = Place.Reopen();
        string staging = await successor.BeginAsync(2, Cancellation);
        CheckpointFile[] files = await Place.WritePartsAsync(staging, 2);

        await Store.CleanAsync(Cancellation);
        string late = await Store.BeginAsync(1, Cancellation);
        await Store.CleanAsync(Cancellation);
        await Store.AbandonAsync(late);

        Assert.Equal(5, (await Place.NamesAsync()).Length);
        await Assert.ThrowsAsync<UserInputException>(() => successor.CompleteAsync(staging, CheckpointPlace.Manifest(2, files), Cancellation));
        await Place.AssertNewestIsAsync(1);
    }

    [Fact]
    public async Task Write_StoreRefuses_SaysSoAndTheOlderStays()
    {
        await Place.WriteAsync(1);
        string staging = await Store.BeginAsync(2, Cancellation);
        Faults.Refusal = $"{Address}: the credentials have expired";

        UserInputException part = await Assert.ThrowsAsync<UserInputException>(() => Place.WritePartAsync(staging, 2, 0));
        await Assert.ThrowsAsync<UserInputException>(() => Store.BeginAsync(3, Cancellation));
        await Store.AbandonAsync(staging);

        Assert.Contains("expired", part.Message, StringComparison.Ordinal);
        Faults.Heal();
        await Place.AssertNewestIsAsync(1);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Directory.EnumerateDirectories(_scratch).Single()));
    }

    [Fact]
    public async Task Write_NoRoomForTheLocalFile_IsNamedAndTheMemoryIsFree()
    {
        string staging = await Store.BeginAsync(2, Cancellation);
        string blocked = Path.Combine(Path.GetDirectoryName(_scratch)!, "file");
        await File.WriteAllTextAsync(blocked, "", Cancellation);
        using NSft.Storage.ScratchFolder scratch = new(blocked);
        CheckpointStores stores = new(_stores!, scratch);

        // More often than there are buffers: each is free again.
        for (int i = 0; i < 3; i++)
        {
            UserInputException error = await Assert.ThrowsAsync<UserInputException>(() => stores.WriteAsync(staging, Place.Part(2, 0), Cancellation));
            Assert.StartsWith(blocked, error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Two whole checkpoints, and nothing counted.</summary>
    private async Task RestartAsync()
    {
        foreach (string name in await Place.NamesAsync())
        {
            await Place.RemoveAsync(name);
        }

        await Place.WriteAsync(1);
        await Place.WriteAsync(2);
        Faults.Heal();
    }

    private async Task CycleAsync(ICheckpointStore store, int step)
    {
        await store.CleanAsync(Cancellation);
        await Place.WriteAsync(step, store);
        await store.PruneAsync(2, Cancellation);
    }
}
