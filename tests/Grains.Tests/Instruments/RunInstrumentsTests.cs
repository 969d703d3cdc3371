using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Tests.Sampling;
using NSft.Grains.Tests.Testing;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace NSft.Grains.Tests.Instruments;

/// <summary>What the coordinator of a run reports. Alone: instruments are the process's.</summary>
[Collection(AloneTests.Name)]
public sealed class RunInstrumentsTests
{
    private const int HeldStep = 2;

    [Fact]
    public async Task Run_HeldInAStep_ReportsWhereItIs_AndNothingAfterItsEnd()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        using var readings = new Readings();
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);
        var run = await StartAsync(cluster, faults, workers: 2);
        var step = (await run.GetStatusAsync(0)).Steps[^1];

        var seen = await readings.UntilAsync(one => one.GetValueOrDefault("nsft.view.size{run=0}") == 2 && one["nsft.run.step{run=0}"] == HeldStep);

        Assert.Equal(1, seen["nsft.run.phase{phase=running,run=0}"]);
        Assert.Equal(0, seen["nsft.run.phase{phase=paused,run=0}"]);
        Assert.Equal(4, seen["nsft.run.steps{run=0}"]);
        Assert.Equal(2, seen["nsft.workers{run=0,state=active}"]);
        Assert.Equal(0, seen["nsft.workers{run=0,state=joining}"]);
        Assert.Equal(step.Loss, seen["nsft.loss{run=0}"]);
        Assert.Equal(step.GradientNorm, seen["nsft.gradient.norm{run=0}"]);
        Assert.Equal(step.LearningRate, seen["nsft.learning.rate{run=0}"]);
        Assert.True(seen["nsft.run.idle{run=0}"] >= 0);

        // At least: workers of silos that crashed in other tests may be there still.
        Assert.InRange(seen.Count(one => one.Key.StartsWith("nsft.reduce.bandwidth{", StringComparison.Ordinal) && one.Value > 0), 2, int.MaxValue);

        faults.Release();
        await EndAsync(run);
        await readings.UntilAsync(one => !one.Keys.Any(key => key.Contains("run=", StringComparison.Ordinal)));
        Assert.Equal(1, readings.Growth("nsft.run.ended{outcome=completed}"));
    }

    [Fact]
    public async Task Run_CoordinatedAnew_IsReportedOnce_WithTheNewView()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        using var readings = new Readings();
        await using var cluster = await ScriptedCluster.StartAsync(2, faults);
        var run = await StartAsync(cluster, faults, workers: 2);
        var before = (await readings.UntilAsync(one => one.GetValueOrDefault("nsft.view.version{run=0}") > 0))["nsft.view.version{run=0}"];

        await run.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await readings.UntilAsync(one => one.GetValueOrDefault("nsft.view.version{run=0}") > before);

        Assert.Single(readings.Of("nsft.view.version"));
        faults.Release();
        await EndAsync(run);
        await readings.UntilAsync(one => !one.ContainsKey("nsft.view.version{run=0}"));
        Assert.Equal(1, readings.Growth("nsft.run.ended{outcome=completed}"));
    }

    [Fact]
    public async Task Run_SiloOfTheCoordinatorCrashes_IsReportedByItsNewCoordinatorAlone()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        using var readings = new Readings();
        await using var cluster = await ScriptedCluster.StartAsync(3, faults);
        var run = await StartAsync(cluster, faults, workers: 2);
        var before = (await readings.UntilAsync(one => one.GetValueOrDefault("nsft.view.version{run=0}") > 0))["nsft.view.version{run=0}"];
        var coordinator = await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);

        cluster.Cluster.CrashSilo(coordinator!.ToParsableString());
        await readings.UntilAsync(one => one.GetValueOrDefault("nsft.view.version{run=0}") > before);

        Assert.Single(readings.Of("nsft.view.version"));
        faults.Release();
        await EndAsync(run);
        await readings.UntilAsync(one => !one.Keys.Any(key => key.Contains("run=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_SiloOfAWorkerCrashes_CountsDeathDiscardAndRecovery()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        using var readings = new Readings();
        await using var cluster = await ScriptedCluster.StartAsync(3, faults);
        var run = await StartAsync(cluster, faults, workers: 3);
        var view = (await run.GetStatusAsync(0)).View!;
        var coordinator = await cluster.Cluster.Client.GetGrain<IManagementGrain>(0).GetActivationAddress(run);

        cluster.Cluster.CrashSilo(view.Seats.First(seat => seat.Silo != coordinator!.ToParsableString()).Silo);
        await readings.GrownAsync("nsft.step.discarded{reason=worker_lost}", 1);
        faults.Release();
        await EndAsync(run);

        var deaths = readings.Of("nsft.worker.deaths").Keys.Sum(readings.Growth);
        Assert.Equal(1, deaths);
        Assert.Equal(1, readings.Growth("nsft.step.discarded{reason=worker_lost}"));
        Assert.Single(readings.Recorded("nsft.recovery.duration"), seconds => seconds > 0);
    }

    [Fact]
    public async Task Run_KeepingCheckpoints_ReportsSizeAgeAndTime()
    {
        var faults = new FaultPlan().HoldAt(HeldStep);
        using var readings = new Readings();
        await using var cluster = await ScriptedCluster.StartAsync(1, faults);
        var checkpoints = Path.Combine(Path.GetDirectoryName(cluster.OutputDirectory)!, "checkpoints");
        var elastic = new ElasticOptions { CheckpointEvery = 1, CheckpointDirectory = checkpoints };
        var run = await StartAsync(cluster, faults, workers: 1, elastic);

        var seen = await readings.UntilAsync(one => one.GetValueOrDefault("nsft.checkpoint.size{run=0}") > 0);

        Assert.True(seen["nsft.checkpoint.size{run=0}"] > 0);
        Assert.True(seen["nsft.checkpoint.age{run=0}"] >= 0);
        Assert.NotEmpty(readings.Recorded("nsft.checkpoint.duration"));
        Assert.Equal(0, readings.Growth("nsft.checkpoint.failures"));
        faults.Release();
        await EndAsync(run);
    }

    private static async Task<IRunGrain> StartAsync(ScriptedCluster cluster, FaultPlan faults, int workers, ElasticOptions? elastic = null)
    {
        var run = cluster.Cluster.Client.GetGrain<IRunGrain>($"run-{Guid.NewGuid():N}");
        await run.StartAsync(cluster.Request(workers) with { Elastic = elastic });
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => faults.ReachedAsync(worker, HeldStep)));
        return run;
    }

    private static async Task EndAsync(IRunGrain run)
    {
        var status = await run.GetStatusAsync(0);
        while (!status.Phase.IsTerminal())
        {
            status = await run.WatchAsync(int.MaxValue, status.Phase);
        }
    }
}
