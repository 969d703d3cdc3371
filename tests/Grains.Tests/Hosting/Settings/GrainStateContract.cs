using NSft.Grains.Contracts.Messages;
using NSft.Grains.Run;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace NSft.Grains.Tests.Hosting.Settings;

/// <summary>What each storage of grain state promises.</summary>
public abstract class GrainStateContract
{
    private protected static readonly GrainId Run = GrainId.Create("nsft.run", "a run / with. odd ~ name");

    [Fact]
    public async Task State_Written_IsReadByAnotherSilo()
    {
        var written = await ReadAsync(await OneAsync());
        Assert.False(written.RecordExists);
        Assert.Null(written.ETag);
        written.State.Phase = RunPhase.Failed;
        written.State.CommittedSteps = 7;
        written.State.Failure = new Failure(FailureKind.Coordinator, "lost");
        written.State.Workers = [new WorkerStatus("w-1", "127.0.0.1:1@2", 3, WorkerStage.Active)];
        await (await OneAsync()).WriteStateAsync("run", Run, written);
        Assert.True(written.RecordExists);
        var read = await ReadAsync(await OtherAsync());
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal((RunPhase.Failed, 7), (read.State.Phase, read.State.CommittedSteps));
        Assert.Equal(written.State.Failure, read.State.Failure);
        Assert.Equal(written.State.Workers, read.State.Workers);
    }

    [Fact]
    public async Task Write_WithAnOldEtag_Throws_AndLeavesTheState()
    {
        var storage = await OneAsync();
        var first = await ReadAsync(storage);
        var second = await ReadAsync(await OtherAsync());
        await storage.WriteStateAsync("run", Run, first);
        second.State.CommittedSteps = 9;
        await Assert.ThrowsAsync<InconsistentStateException>(async () => await (await OtherAsync()).WriteStateAsync("run", Run, second));
        Assert.Equal(0, (await ReadAsync(storage)).State.CommittedSteps);
        var old = await ReadAsync(storage);
        await storage.WriteStateAsync("run", Run, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("run", Run, old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("run", Run, old));
        Assert.Equal(first.ETag, (await ReadAsync(storage)).ETag);
    }

    [Fact]
    public async Task Writes_AtOnce_HaveOneWinner()
    {
        IGrainStorage[] storages = [await OneAsync(), await OtherAsync()];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            try
            {
                await storages[number % 2].WriteStateAsync("run", Run, new GrainState<RunState> { State = new RunState { CommittedSteps = number } });
                return number;
            }
            catch (InconsistentStateException)
            {
                return -1;
            }
        }));
        var winner = Assert.Single(outcomes, outcome => outcome >= 0);
        Assert.Equal(winner, (await ReadAsync(storages[0])).State.CommittedSteps);
    }

    [Fact]
    public async Task State_Cleared_IsGone_AndItsOldEtagsStayOld()
    {
        var storage = await OneAsync();
        var state = await ReadAsync(storage);
        await storage.WriteStateAsync("run", Run, state);
        var old = await ReadAsync(storage);
        await storage.ClearStateAsync("run", Run, state);
        Assert.False(state.RecordExists);
        Assert.False((await ReadAsync(await OtherAsync())).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("run", Run, old));
        await storage.WriteStateAsync("run", Run, state);
        Assert.True((await ReadAsync(await OtherAsync())).RecordExists);
    }

    [Fact]
    public async Task Grains_WithLongOrSimilarNames_HaveStateOfTheirOwn()
    {
        var storage = await OneAsync();
        GrainId[] grains =
        [
            GrainId.Create("t", new string('x', 300)), GrainId.Create("t", new string('x', 301)), GrainId.Create("t", "."), GrainId.Create("t", ".."),
            GrainId.Create("t", "a b"), GrainId.Create("t", "a%20b"), GrainId.Create("t", "a+b?c#d"), GrainId.Create("t", "\u00fc\u4e2d"),
        ];
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

    /// <summary>The storage as one silo has it.</summary>
    private protected abstract Task<IGrainStorage> OneAsync();

    /// <summary>The same storage as another silo has it.</summary>
    private protected abstract Task<IGrainStorage> OtherAsync();

    private protected static async Task<GrainState<RunState>> ReadAsync(IGrainStorage storage)
    {
        var state = new GrainState<RunState>();
        await storage.ReadStateAsync("run", Run, state);
        return state;
    }
}
