namespace NSft.Embedded.Orleans.Contract;

public abstract class PlacementTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : PlacementTests(hasTable: false);

    public sealed class OverTable() : PlacementTests(hasTable: true);

    [Fact]
    public async Task Placement_ByDefault_UsesAllSilos()
    {
        await using TestCluster cluster = await StartAsync(3);
        SiloAddress[] places = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => cluster.Client.GetGrain<IProbeGrain>($"g{i}").WhereAmI()));
        Assert.Equal(3, places.Distinct().Count());
    }

    [Fact]
    public async Task Placement_Random_UsesAllSilos()
    {
        await using TestCluster cluster = await StartAsync(2);
        SiloAddress[] places = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => cluster.Client.GetGrain<IRandomGrain>(i).WhereAmI()));
        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task Placement_ByCount_UsesAllSilos()
    {
        await using TestCluster cluster = await StartAsync(2);
        SiloAddress[] places = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => cluster.Client.GetGrain<ICountedGrain>(i).WhereAmI()));
        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task Placement_ByHash_IsTheSameAgain()
    {
        await using TestCluster cluster = await StartAsync(3);
        IHashedGrain grain = cluster.Client.GetGrain<IHashedGrain>(5);
        SiloAddress first = await grain.WhereAmI();
        await grain.AsReference<global::Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();
        Assert.Equal(first, await grain.WhereAmI());
    }

    [Fact]
    public async Task Placement_PreferLocal_IsTheCallersSilo()
    {
        await using TestCluster cluster = await StartAsync(3);
        for (int i = 0; i < 3; i++)
        {
            IClusterClient local = cluster.Silos[i].Services.GetRequiredService<IClusterClient>();
            Assert.Equal(cluster.AddressOf(i), await local.GetGrain<IRelayGrain>(i).WhereAmI());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Placement_WithHint_IsThatSilo(int index)
    {
        await using TestCluster cluster = await StartAsync(3);
        IProbeGrain grain = cluster.On(cluster.AddressOf(index), client => client.GetGrain<IProbeGrain>("pinned"));
        Assert.Equal(cluster.AddressOf(index), await grain.WhereAmI());
        RequestContext.Clear();
        IManagementGrain management = cluster.Client.GetGrain<IManagementGrain>(0);
        Assert.Equal(cluster.AddressOf(index), await management.GetActivationAddress(grain));
    }

    [Fact]
    public async Task StatelessWorkers_WorkAtTheSameTime_UpToTheirLimit()
    {
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        IWorkerGrain grain = cluster.Client.GetGrain<IWorkerGrain>(0);
        Task<SiloAddress> first = grain.Work("first", "go");
        Task<SiloAddress> second = grain.Work("second", "go");
        await signals.Wait("first");
        await signals.Wait("second");
        Task<SiloAddress> third = grain.Work("third", "go");
        Assert.False(signals.IsSet("third"));
        signals.Set("go");
        Assert.Equal(cluster.AddressOf(0), await third);
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Silo_ThatJoins_GetsNewActivations()
    {
        await using TestCluster cluster = await StartAsync(1);
        await cluster.Client.GetGrain<IProbeGrain>("before").Nothing();
        await cluster.AddSiloAsync();
        SiloAddress[] places = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => cluster.Client.GetGrain<IProbeGrain>($"g{i}").WhereAmI()));
        Assert.Contains(cluster.AddressOf(1), places);
    }
}
