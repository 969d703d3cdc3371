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
}
