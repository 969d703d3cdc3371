using Microsoft.Extensions.Options;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Hosting.StateDirectory;
using NSft.Grains.Run;
using NSft.Grains.Tests.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace NSft.Grains.Tests.Hosting.StateDirectory;

public sealed class FileGrainStorageTests
{
    private static readonly GrainId Run = GrainId.Create("nsft.run", "a run / with. odd ~ name");

    [Fact]
    public async Task State_Written_IsReadByAnotherSilo()
    {
        using var directory = new TemporaryDirectory();
        var written = await ReadAsync(Storage(directory));
        Assert.False(written.RecordExists);
        Assert.Null(written.ETag);
        written.State.Phase = RunPhase.Failed;
        written.State.CommittedSteps = 7;
        written.State.Failure = new Failure(FailureKind.Coordinator, "lost");
        await Storage(directory).WriteStateAsync("run", Run, written);
        var read = await ReadAsync(Storage(directory));
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(RunPhase.Failed, read.State.Phase);
        Assert.Equal(7, read.State.CommittedSteps);
        Assert.Equal(written.State.Failure, read.State.Failure);
    }

    [Fact]
    public async Task Write_WithAnOldEtag_Throws_AndLeavesTheState()
    {
        using var directory = new TemporaryDirectory();
        var storage = Storage(directory);
        var first = await ReadAsync(storage);
        var second = await ReadAsync(storage);
        await storage.WriteStateAsync("run", Run, first);
        second.State.CommittedSteps = 9;
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("run", Run, second));
        Assert.Equal(first.ETag, error.StoredEtag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("run", Run, second));
        Assert.Equal(0, (await ReadAsync(storage)).State.CommittedSteps);
    }

    [Fact]
    public async Task State_Cleared_IsGone_AndItsOldEtagsStayOld()
    {
        using var directory = new TemporaryDirectory();
        var storage = Storage(directory);
        var state = await ReadAsync(storage);
        await storage.WriteStateAsync("run", Run, state);
        var old = await ReadAsync(storage);
        await storage.ClearStateAsync("run", Run, state);
        Assert.False((await ReadAsync(storage)).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("run", Run, old));
        await storage.WriteStateAsync("run", Run, state);
        Assert.True((await ReadAsync(storage)).RecordExists);
    }

    [Fact]
    public async Task Grains_WithLongOrSimilarNames_HaveFilesOfTheirOwn()
    {
        using var directory = new TemporaryDirectory();
        var storage = Storage(directory);
        GrainId[] grains = [GrainId.Create("t", new string('x', 300)), GrainId.Create("t", new string('x', 301)), GrainId.Create("t", "."), GrainId.Create("t", "..")];
        for (var i = 0; i < grains.Length; i++)
        {
            await storage.WriteStateAsync("run", grains[i], new GrainState<RunState> { State = new RunState { CommittedSteps = i } });
        }

        for (var i = 0; i < grains.Length; i++)
        {
            var read = new GrainState<RunState>();
            await storage.ReadStateAsync("run", grains[i], read);
            Assert.Equal(i, read.State.CommittedSteps);
        }
    }

    private static FileGrainStorage Storage(TemporaryDirectory directory) =>
        new("nsft", Options.Create(new StateDirectoryOptions { Path = directory.At("cluster") }), TimeProvider.System);

    private static async Task<GrainState<RunState>> ReadAsync(FileGrainStorage storage)
    {
        var state = new GrainState<RunState>();
        await storage.ReadStateAsync("run", Run, state);
        return state;
    }
}
