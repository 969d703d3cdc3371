namespace NSft.Cluster.Tests;

/// <summary>Silos that are stopped by SIGSTOP and go on later.</summary>
public sealed class FreezeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Silo_ThatIsFrozen_IsReplaced_AndJoinsAnewWhenItWakes(int index)
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        SiloProcess frozen = cluster.Silos[index];
        SiloAddress before = frozen.Address;
        IPlaceGrain watcher = await cluster.PlaceAsync("watcher", cluster.Silos[1].Address);
        IPlaceGrain grain = await cluster.PlaceAsync("a", before);
        await grain.Increment();
        Guid key = await grain.ActivationKey();
        await frozen.FreezeAsync();
        Task<int> call = grain.Increment();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.Equal(SiloStatus.Dead, await ProcessCluster.EventuallyAsync(() => watcher.WaitUntil(before, SiloStatus.Dead)));
        Assert.NotEqual(key, await ProcessCluster.EventuallyAsync(grain.ActivationKey));
        Assert.Equal(2, await grain.Increment());
        frozen.Thaw();
        SiloAddress after = await frozen.NextLifeAsync();
        Assert.NotEqual(before, after);
        Assert.Equal(SiloStatus.Active, await ProcessCluster.EventuallyAsync(() => watcher.WaitUntil(after, SiloStatus.Active)));
        Assert.Equal(3, await ProcessCluster.EventuallyAsync(grain.Increment));
    }

    [Fact]
    public async Task AllSilos_FrozenAtOnce_DeclareNobodyDeadWhenTheyWake()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        foreach (SiloProcess silo in cluster.Silos)
        {
            await silo.FreezeAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        foreach (SiloProcess silo in cluster.Silos)
        {
            silo.Thaw();
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Dictionary<SiloAddress, SiloStatus> hosts = await cluster.HostsAsync();
        Assert.All(cluster.Silos, silo => Assert.Equal(SiloStatus.Active, hosts[silo.Address]));
    }
}
