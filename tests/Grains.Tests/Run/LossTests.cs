using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Tests.Testing;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace NSft.Grains.Tests.Run;

/// <summary>A run that loses a silo or its coordinator while it is held in a step.</summary>
public sealed class LossTests
{
    private const int HeldStep = 2;
    private const string RunId = "run-of-test";

    [Fact]
    public async Task Run_SiloOfAWorkerCrashes_IsDoneWithTheSameBitsByTheOthers()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(3, faults);
        var run = await StartAsync(cluster, faults);
        var view = (await run.GetStatusAsync(0)).View!;
        var coordinator = await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);
        var lost = view.Seats.First(seat => seat.Silo != coordinator!.ToParsableString());

        cluster.Cluster.CrashSilo(lost.Silo);
        faults.Release();
        var status = await EndAsync(run);

        Assert.Equal(RunPhase.Completed, status.Phase);
        Assert.Equal(await UndisturbedAsync(), status.WeightsHash);
        Assert.True(status.DiscardedSteps > 0);
        var events = await run.ReadEventsAsync(0);
        Assert.Contains(events, one => one.Kind == RunEventKind.WorkerLost && one.Text.Contains(lost.Key, StringComparison.Ordinal));
        Assert.Contains(events, one => one.Kind == RunEventKind.Recovered && one.Seconds > 0);
        AssertLedger(await run.GetViewsAsync(), status.TotalSteps);
    }

    [Fact]
    public async Task Run_SiloOfTheCoordinatorCrashes_IsTakenUpByAnother()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(3, faults);
        var run = await StartAsync(cluster, faults);

        var coordinator = await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);
        cluster.Cluster.CrashSilo(coordinator!.ToParsableString());
        faults.Release();
        var status = await EndAsync(run);

        Assert.Equal(RunPhase.Completed, status.Phase);
        Assert.Equal(await UndisturbedAsync(), status.WeightsHash);
        Assert.Contains(await run.ReadEventsAsync(0), one => one.Kind == RunEventKind.CoordinatorRecovered);
        AssertLedger(await run.GetViewsAsync(), status.TotalSteps);
    }

    [Fact]
    public async Task Run_AllWorkersAreLost_BeginsAnewWithTheSameBits()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(3, faults);
        var run = await StartAsync(cluster, faults, workers: 2);
        var view = (await run.GetStatusAsync(0)).View!;

        foreach (var silo in view.Seats.Select(seat => seat.Silo).Distinct())
        {
            cluster.Cluster.CrashSilo(silo);
        }

        faults.Release();
        var status = await EndAsync(run);

        Assert.Equal(RunPhase.Completed, status.Phase);
        Assert.Equal(await UndisturbedAsync(), status.WeightsHash);
    }

    [Fact]
    public async Task Run_ScaledWhileItRuns_GivesTheSameBits()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(3, faults, steps: 600);
        var run = await StartAsync(cluster, faults, workers: 1);

        await run.ScaleAsync(3);
        faults.Release();
        while ((await run.GetStatusAsync(0)) is { CommittedSteps: < 6 } or { View.Seats.Length: < 3, Phase: RunPhase.Running })
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await run.ScaleAsync(1);
        var status = await EndAsync(run);

        Assert.Equal(RunPhase.Completed, status.Phase);
        Assert.Equal(await UndisturbedAsync(steps: 600), status.WeightsHash);
    }

    [Fact]
    public async Task Run_PausedAndResumed_GoesOn()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);
        var run = await StartAsync(cluster, faults);

        await run.PauseAsync();
        faults.Release();
        var status = await run.GetStatusAsync(0);
        while (status.Phase != RunPhase.Paused)
        {
            status = await run.WatchAsync(int.MaxValue, status.Phase);
        }

        Assert.Equal(HeldStep + 1, status.CommittedSteps);
        await run.ResumeAsync();
        Assert.Equal(RunPhase.Completed, (await EndAsync(run)).Phase);
    }

    [Fact]
    public async Task Run_CompletedAndReactivated_KeepsItsResult()
    {
        await using var cluster = await ScriptedCluster.StartAsync(2);
        var run = cluster.Cluster.Client.GetGrain<IRunGrain>(RunId);
        await run.StartAsync(cluster.Request(workers: 2));
        var before = await EndAsync(run);

        await run.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        var after = await run.GetStatusAsync(0);

        Assert.Equal(RunPhase.Completed, after.Phase);
        Assert.Equal(before.WeightsHash, after.WeightsHash);
        Assert.Equal(before.CommittedSteps, after.CommittedSteps);
    }

    private static async Task<IRunGrain> StartAsync(ScriptedCluster cluster, FaultPlan faults, int workers = 3)
    {
        var run = cluster.Cluster.Client.GetGrain<IRunGrain>(RunId);
        await run.StartAsync(cluster.Request(workers));
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => faults.ReachedAsync(worker, HeldStep)));
        return run;
    }

    private static async Task<string> UndisturbedAsync(int steps = 4)
    {
        await using var alone = await ScriptedCluster.StartAsync(1, steps: steps);
        return (await alone.TrainAsync(1)).WeightsHash;
    }

    /// <summary>View k computed the steps from its first one to before the first of any later view: together all steps, once.</summary>
    private static void AssertLedger(ViewMessage[] views, int totalSteps)
    {
        var steps = views.SelectMany((view, at) =>
        {
            var end = views.Skip(at + 1).Select(later => later.FirstStep).Append(totalSteps).Min();
            return Enumerable.Range(view.FirstStep, Math.Max(0, end - view.FirstStep));
        });
        Assert.Equal(Enumerable.Range(0, totalSteps), steps);
    }

    private static async Task<RunStatus> EndAsync(IRunGrain run)
    {
        var status = await run.GetStatusAsync(0);
        while (!status.Phase.IsTerminal())
        {
            status = await run.WatchAsync(int.MaxValue, status.Phase);
        }

        return status;
    }
}
