namespace NSft.Embedded.Orleans.Contract;

public abstract class ReferenceTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : ReferenceTests(hasTable: false);

    public sealed class OverTable() : ReferenceTests(hasTable: true);

    [Fact]
    public async Task Reference_AsArgumentAndResult_CallsTheSameGrain()
    {
        await using TestCluster cluster = await StartAsync(2);
        IRelayGrain relay = cluster.Client.GetGrain<IRelayGrain>(1);
        IProbeGrain probe = cluster.Client.GetGrain<IProbeGrain>("a");
        Assert.Equal("x", await relay.Ask(probe, "x"));
        IProbeGrain made = await relay.MakeReference("a");
        Assert.Equal(probe, made);
        Assert.Equal(probe.GetGrainId(), made.GetGrainId());
        Assert.Equal(await probe.ActivationKey(), await made.ActivationKey());
    }

    [Fact]
    public async Task Reference_FromAStoppedSilo_StillWorksAtItsReceiver()
    {
        await using TestCluster cluster = await StartAsync(2);
        IRelayGrain relay = cluster.On(cluster.AddressOf(1), client => client.GetGrain<IRelayGrain>(1));
        IProbeGrain made = await relay.MakeReference("a");
        RequestContext.Clear();
        await cluster.StopAsync(1);
        Assert.Equal("x", await Eventually.Succeeds(() => made.Echo("x"), "a call after the stop"));
    }

    [Fact]
    public async Task Keys_OfAllKinds_ComeBack()
    {
        await using TestCluster cluster = await StartAsync();
        Guid guid = Guid.NewGuid();
        Assert.Equal(guid, cluster.Client.GetGrain<IReentrantGrain>(guid).GetPrimaryKey());
        Assert.Equal(-7, cluster.Client.GetGrain<IRelayGrain>(-7).GetPrimaryKeyLong());
        Assert.Equal("a/b c", cluster.Client.GetGrain<IProbeGrain>("a/b c").GetPrimaryKeyString());
        Assert.Equal("reentrant-probe", cluster.Client.GetGrain<IReentrantGrain>(guid).GetGrainId().Type.ToString());
        GrainId id = cluster.Client.GetGrain<IProbeGrain>("a").GetGrainId();
        Assert.Equal("x", await cluster.Client.GetGrain<IProbeGrain>(id).Echo("x"));
        Assert.Equal(id, GrainId.Parse(id.ToString()));
    }

    [Fact]
    public async Task Interface_WithoutGrainClass_IsRefused()
    {
        await using TestCluster cluster = await StartAsync();
        Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<IOrphanGrain>("a"));
    }

    [Fact]
    public void SiloAddress_AsText_ComesBack()
    {
        SiloAddress address = SiloAddress.New(System.Net.IPAddress.Loopback, 11111, 5);
        Assert.Equal(address, SiloAddress.FromParsableString(address.ToParsableString()));
        Assert.NotEqual(address, SiloAddress.New(address.Endpoint, 6));
    }
}
