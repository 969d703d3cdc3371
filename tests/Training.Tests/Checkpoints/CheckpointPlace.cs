using System.Runtime.InteropServices;
using NSft.Collectives;
using NSft.Storage;
using NSft.Training.Checkpoints;

namespace NSft.Training.Tests.Checkpoints;

/// <summary>A place of checkpoints whose state is a function of step and element, and the objects below it as any program sees them.</summary>
internal sealed class CheckpointPlace : IDisposable
{
    public const string PlanHash = "plan";
    public const int Elements = 100_000;

    private static readonly ElementRange[] Owned = [new(0, GradientLayout.BlockLength), new(GradientLayout.BlockLength, Elements - GradientLayout.BlockLength)];

    private readonly SnapshotBuffers _buffers = new();
    private readonly ScratchFolder _scratch;
    private readonly IObjectStore _objects;

    public CheckpointPlace(IObjectStores stores, string place, string scratch)
    {
        _scratch = new ScratchFolder(scratch);
        _objects = stores.Open(StoreAddress.Parse(place));
        Stores = new CheckpointStores(stores, _scratch);
        Place = place;
        Store = Stores.Open(place);
    }

    public string Place { get; }

    public CheckpointStores Stores { get; }

    public ICheckpointStore Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Another process at the same place.</summary>
    public ICheckpointStore Reopen() => Stores.Open(Place);

    /// <summary>Writes a whole checkpoint.</summary>
    /// <returns>Its place.</returns>
    public async Task<string> WriteAsync(int step, ICheckpointStore? store = null)
    {
        store ??= Store;
        string staging = await store.BeginAsync(step, Cancellation);
        await store.CompleteAsync(staging, Manifest(step, await WritePartsAsync(staging, step)), Cancellation);
        return StoreAddress.Parse(Place).At($"step-{step:D6}").ToString();
    }

    public async Task<CheckpointFile[]> WritePartsAsync(string staging, int step) =>
        [await WritePartAsync(staging, step, 0), await WritePartAsync(staging, step, 1)];

    public Task<CheckpointFile> WritePartAsync(string staging, int step, int owner) => Stores.WriteAsync(staging, Part(step, owner), Cancellation);

    public CheckpointPart Part(int step, int owner) => CheckpointPart.Copy(Owned[owner], _buffers, (_, range, bytes) =>
    {
        Fill(step, range, MemoryMarshal.Cast<byte, float>(bytes));
        return step;
    });

    public static CheckpointManifest Manifest(int step, CheckpointFile[] files) => new()
    {
        Step = step,
        PlanHash = PlanHash,
        LayoutHash = "layout",
        OptionsJson = "{\"seed\":1}",
        NextExponents = [step, 7],
        Files = files,
        WrittenAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Reads a checkpoint as a worker does, and compares all of it.</summary>
    public void AssertHolds(string checkpoint, int step)
    {
        ICheckpointSource source = Stores.OpenCheckpoint(checkpoint);
        CheckpointManifest manifest = source.ReadManifest();
        long read = 0;
        foreach (CheckpointFile file in manifest.Files)
        {
            source.Read(file, (range, bytes) =>
            {
                var expected = new float[3 * range.Length];
                Fill(step, range, expected);
                Assert.True(MemoryMarshal.Cast<byte, float>(bytes).SequenceEqual(expected));
                read += range.Length;
            });
        }

        Assert.Equal(step, manifest.Step);
        Assert.Equal(Elements, read);
    }

    /// <summary>The newest whole checkpoint is this one, and it can be read.</summary>
    public async Task AssertNewestIsAsync(int step)
    {
        (StoredCheckpoint? newest, IReadOnlyList<string> problems) = await Reopen().FindNewestWholeAsync(PlanHash, Cancellation);
        Assert.Empty(problems);
        Assert.Equal(step, newest?.Step);
        AssertHolds(newest!.Place, step);
    }

    /// <summary>All objects but the claim of the writer.</summary>
    public async Task<string[]> NamesAsync()
    {
        List<string> names = [];
        await foreach (ObjectFacts facts in _objects.ListAsync(string.Empty, Cancellation))
        {
            names.Add(facts.Name);
        }

        return [.. names.Where(name => name != "writer.json").Order(StringComparer.Ordinal)];
    }

    public async Task<byte[]> GetAsync(string name) => (await _objects.ReadAsync(name, Cancellation))!.Content.ToArray();

    public Task PutAsync(string name, byte[] content) => _objects.WriteAsync(name, content, WriteCondition.Any, Cancellation);

    public Task RemoveAsync(string name) => _objects.DeleteAsync(name, WriteCondition.Any, Cancellation);

    public void Dispose()
    {
        _buffers.Dispose();
        _scratch.Dispose();
    }

    private static void Fill(int step, ElementRange range, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (range.Offset * 3) + i + (step * 0.5f);
        }
    }
}
