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
    public async Task Run_SiloOfAWorkerCrashes_FailsWithTheWorkersName()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);
        var run = await StartAsync(cluster, faults);
        var view = (await run.GetStatusAsync(0)).View!;
        var coordinator = await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);
        var lost = view.Seats.Single(seat => seat.Silo != coordinator!.ToParsableString());

        cluster.Cluster.CrashSilo(lost.Silo);
        faults.Release();
        var status = await EndAsync(run);

        Assert.Equal(RunPhase.Failed, status.Phase);
        Assert.Equal(FailureKind.Worker, status.Failure!.Kind);
        Assert.Contains(lost.Key, status.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(HeldStep, status.CommittedSteps);
    }

    [Fact]
    public async Task Run_SiloOfTheCoordinatorCrashes_ReadsItsStateAndEndsTheRun()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);
        var run = await StartAsync(cluster, faults);

        var coordinator = await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);
        cluster.Cluster.CrashSilo(coordinator!.ToParsableString());
        faults.Release();
        var status = await EndAsync(run);

        Assert.Equal(FailureKind.Coordinator, status.Failure!.Kind);
        Assert.Equal(2, status.View!.Seats.Length);
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

    private static async Task<IRunGrain> StartAsync(ScriptedCluster cluster, FaultPlan faults)
    {
        var run = cluster.Cluster.Client.GetGrain<IRunGrain>(RunId);
        await run.StartAsync(cluster.Request(workers: 2));
        await Task.WhenAll(faults.ReachedAsync(0, HeldStep), faults.ReachedAsync(1, HeldStep));
        return run;
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
