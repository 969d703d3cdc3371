namespace NSft.Cluster.Tests;

/// <summary>Silos that are killed by SIGKILL.</summary>
public sealed class KillTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Silos_OfSeveralProcesses_AreOneCluster()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        Dictionary<SiloAddress, SiloStatus> hosts = await cluster.HostsAsync();
        Assert.Equal(cluster.Silos.Select(silo => silo.Address), hosts.Keys.Order());
        Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));
        IPlaceGrain[] grains = await Task.WhenAll(cluster.Silos.Select((silo, index) => cluster.PlaceAsync($"g{index}", silo.Address)));
        Assert.Equal(cluster.Silos[2].Address, await grains[0].Ask(grains[2]));
        byte[] payload = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31))];
        Assert.Equal(payload, await grains[1].Echo(payload));
    }

    [Fact]
    public async Task Call_InFlightOnAKilledSilo_FailsAsUnavailable_AndTheNextIsPlacedElsewhere()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        IPlaceGrain watcher = await cluster.PlaceAsync("watcher", cluster.Silos[1].Address);
        IPlaceGrain grain = await cluster.PlaceAsync("a", cluster.Silos[2].Address);
        Task<SiloAddress> call = grain.Wait(Long);
        Task<SiloAddress> fromGrain = watcher.AskToWait(grain, Long);
        await ProcessCluster.UntilAsync(async () => await grain.Waiting() == 2);
        cluster.Silos[2].Kill();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => fromGrain);
        Assert.Equal(SiloStatus.Dead, await ProcessCluster.EventuallyAsync(() => watcher.WaitUntil(cluster.Silos[2].Address, SiloStatus.Dead)));
        Assert.NotEqual(cluster.Silos[2].Address, await ProcessCluster.EventuallyAsync(grain.WhereAmI));
    }

    [Fact]
    public async Task DirectorySilo_ThatIsKilled_LeavesActivationsOfOthersAlone()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(3);
        IPlaceGrain[] grains = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => cluster.PlaceAsync($"g{i}", cluster.Silos[1 + (i % 2)].Address)));
        Guid[] keys = await Task.WhenAll(grains.Select(grain => grain.ActivationKey()));
        IPlaceGrain lost = await cluster.PlaceAsync("lost", cluster.Silos[0].Address);
        await lost.Increment();
        cluster.Silos[0].Kill();
        Assert.Equal(1, await ProcessCluster.EventuallyAsync(lost.Count));
        Assert.Equal(keys, await Task.WhenAll(grains.Select(grain => ProcessCluster.EventuallyAsync(grain.ActivationKey))));
        Assert.Equal(2, await ProcessCluster.EventuallyAsync(lost.Increment));
    }

    [Fact]
    public async Task AllSilos_Killed_AreForgottenByTheNextOne_AndTheClientComesBack()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(2);
        IPlaceGrain grain = cluster.Client.GetGrain<IPlaceGrain>("a");
        await grain.Increment();
        SiloAddress[] before = [.. cluster.Silos.Select(silo => silo.Address)];
        cluster.Silos[0].Kill();
        cluster.Silos[1].Kill();
        await Assert.ThrowsAnyAsync<OrleansMessageRejectionException>(grain.Count);
        await cluster.AddAsync(1);
        Assert.Equal(1, await ProcessCluster.EventuallyAsync(grain.Count));
        Dictionary<SiloAddress, SiloStatus> hosts = await cluster.HostsAsync();
        Assert.All(before, silo => Assert.Equal(SiloStatus.Dead, hosts[silo]));
    }

    [Fact]
    public async Task Client_OfACluster_ThatIsNotThere_FailsToStartInOneLine()
    {
        await using ProcessCluster cluster = await ProcessCluster.StartAsync(1);
        cluster.Silos[0].Kill();
        await cluster.Silos[0].WaitForExitAsync();
        SiloUnavailableException error = await Assert.ThrowsAsync<SiloUnavailableException>(cluster.ConnectAsync);
        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
