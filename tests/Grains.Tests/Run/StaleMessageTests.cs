using NSft.Collectives;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Run;

/// <summary>Messages that come too late, too early or twice, sent to a worker that is held in a step.</summary>
public sealed class StaleMessageTests : IAsyncLifetime
{
    private const int HeldStep = 2;
    private const string RunId = "run-of-test";

    private readonly FaultPlan _faults = new FaultPlan().HoldAt(HeldStep);
    private ScriptedCluster _cluster = null!;

    private IRunGrain Run => _cluster.Cluster.Client.GetGrain<IRunGrain>(RunId);

    private IShardWorkerGrain Worker => _cluster.Cluster.Client.GetGrain<IShardWorkerGrain>(WorkerKey.Of(RunId, 0));

    public async ValueTask InitializeAsync()
    {
        _cluster = await ScriptedCluster.StartAsync(2, _faults);
        await Run.StartAsync(_cluster.Request(workers: 2));
        await _faults.ReachedAsync(0, HeldStep);
    }

    [Fact]
    public async Task AcceptPartial_OfAnOlderStep_IsDropped() =>
        Assert.Equal(AcceptOutcome.Stale, await Worker.AcceptPartialAsync(Chunk(new StepTicket(RunId, 1, HeldStep - 1, 0))));

    [Fact]
    public async Task AcceptPartial_OfAnOlderView_IsDropped() =>
        Assert.Equal(AcceptOutcome.Stale, await Worker.AcceptPartialAsync(Chunk(new StepTicket(RunId, 0, HeldStep + 5, 0))));

    [Fact]
    public async Task AcceptSum_OfANewerView_IsUnknown() =>
        Assert.Equal(AcceptOutcome.Unknown, await Worker.AcceptSumAsync(Chunk(new StepTicket(RunId, 2, HeldStep, 0))));

    [Fact]
    public async Task AcceptPartial_Twice_EntersTheSumOnce()
    {
        var chunk = Chunk(new StepTicket(RunId, 1, HeldStep, 0));

        Assert.Equal(AcceptOutcome.Accepted, await Worker.AcceptPartialAsync(chunk));
        Assert.Equal(AcceptOutcome.Duplicate, await Worker.AcceptPartialAsync(chunk));
    }

    [Fact]
    public async Task GetStatus_WhileAStepRuns_Interleaves()
    {
        var status = await Run.GetStatusAsync(0);

        Assert.Equal(RunPhase.Running, status.Phase);
        Assert.Equal([0, 1], status.Steps.Select(step => step.Step));
    }

    [Fact]
    public async Task Start_WithAnotherRequest_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run.StartAsync(_cluster.Request(workers: 1)));

    public async ValueTask DisposeAsync()
    {
        await Run.CancelAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task AcceptPartial_OfAnotherSize_IsRefused()
    {
        var chunk = Chunk(new StepTicket(RunId, 1, HeldStep, 0)) with { Payload = new byte[4] };

        Assert.Equal(AcceptOutcome.Refused, await Worker.AcceptPartialAsync(chunk));
    }

    // The first of two workers owns two blocks of the scripted layout, in one chunk.
    private static ChunkMessage Chunk(StepTicket ticket) =>
        new(ticket, Sender: 1, Bucket: 0, Chunk: 0, new byte[2 * GradientLayout.BlockLength * sizeof(int)]);
}
