namespace NSft.Cluster.Tests;

/// <summary>Silos that are asked to stop by SIGTERM.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task Silo_ThatIsAskedToStop_EndsItsCallsFirst_AndTheOthersKnow()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(2);
        IPlaceGrain watcher = await cluster.PlaceAsync("watcher", cluster.Silos[0].Address);
        IPlaceGrain grain = await cluster.PlaceAsync("a", cluster.Silos[1].Address);
        Task<SiloAddress> call = grain.Wait(TimeSpan.FromSeconds(1));
        Task<SiloStatus> seen = watcher.WaitUntil(cluster.Silos[1].Address, SiloStatus.ShuttingDown);
        cluster.Silos[1].Terminate();
        Assert.Equal(SiloStatus.ShuttingDown, await seen);
        Assert.Equal(cluster.Silos[1].Address, await call);
        await cluster.Silos[1].WaitForExitAsync();
        Assert.Equal(cluster.Silos[0].Address, await ProcessCluster.EventuallyAsync(grain.WhereAmI));
        Assert.Equal(SiloStatus.Dead, (await cluster.HostsAsync())[cluster.Silos[1].Address]);
    }

    [Fact]
    public async Task Callers_WhileSilosStop_SeeNoFailure()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        using CancellationTokenSource end = new();
        Task<int>[] callers = [.. Enumerable.Range(0, 4).Select(caller => CallAsync(cluster, caller, end.Token))];
        foreach (SiloProcess silo in cluster.Silos.Take(2).Reverse())
        {
            silo.Terminate();
            await silo.WaitForExitAsync();
        }

        await end.CancelAsync();
        Assert.All(await Task.WhenAll(callers), count => Assert.True(count > 0));
    }

    private static async Task<int> CallAsync(ProcessCluster cluster, int caller, CancellationToken end)
    {
        int count = 0;
        for (int i = caller; !end.IsCancellationRequested; i++)
        {
            IPlaceGrain other = cluster.Client.GetGrain<IPlaceGrain>($"g{(i + 3) % 10}");
            await cluster.Client.GetGrain<IPlaceGrain>($"g{i % 10}").Ask(other);
            count++;
        }

        return count;
    }
}
