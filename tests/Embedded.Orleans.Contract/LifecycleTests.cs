using Orleans.Core.Internal;

namespace NSft.Embedded.Orleans.Contract;

public abstract class LifecycleTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : LifecycleTests(hasTable: false);

    public sealed class OverTable() : LifecycleTests(hasTable: true);

    [Fact]
    public async Task DeactivateOnIdle_EndsTheActivation_AndTheNextCallMakesANewOne()
    {
        await using TestCluster cluster = await StartAsync();
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        Guid first = await grain.ActivationKey();
        await grain.End();
        Assert.Equal(DeactivationReasonCode.ApplicationRequested, await cluster.SignalsOf(0).Wait("deactivated a"));
        Assert.NotEqual(first, await grain.ActivationKey());
    }

    [Fact]
    public async Task DeactivateOnIdle_DuringARequest_LetsItEnd_AndSendsTheNextOn()
    {
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        ILifeGrain grain = cluster.Client.GetGrain<ILifeGrain>("a");
        Guid first = await grain.Touch();
        Task running = grain.EndDuring("go", "started");
        await signals.Wait("started");
        Task<Guid> next = grain.Touch();
        Assert.False(signals.IsSet("ended a"));
        signals.Set("go");
        await running;
        Assert.NotEqual(first, await next);
        await signals.Wait("ended a");
        await signals.Wait($"disposed {first}");
    }

    [Fact]
    public async Task DeactivateOnIdle_ByExtension_EndsTheActivation()
    {
        await using TestCluster cluster = await StartAsync();
        ILifeGrain grain = cluster.Client.GetGrain<ILifeGrain>("a");
        Guid first = await grain.Touch();
        await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await cluster.SignalsOf(0).Wait("ended a");
        Assert.NotEqual(first, await grain.Touch());
    }

    [Fact]
    public async Task Activation_ThatFails_ReachesTheCaller_AndTheNextCallTriesAgain()
    {
        await using TestCluster cluster = await StartAsync();
        cluster.Silos[0].Services.GetRequiredService<Faults>().Set("a");
        ILifeGrain grain = cluster.Client.GetGrain<ILifeGrain>("a");
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(grain.Touch);
        Assert.Equal("cannot start", error.Message);
        Assert.NotEqual(Guid.Empty, await grain.Touch());
        Assert.False(cluster.SignalsOf(0).IsSet("ended a"));
    }

    [Fact]
    public async Task IdleActivation_IsCollected_UnlessKept()
    {
        await using TestCluster cluster = await StartAsync(configure: silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(50);
            options.CollectionAge = TimeSpan.FromMilliseconds(100);
        }));
        IKeptGrain kept = cluster.Client.GetGrain<IKeptGrain>("k");
        Guid keptKey = await kept.Touch();
        ILifeGrain delayed = cluster.Client.GetGrain<ILifeGrain>("delayed");
        Guid delayedKey = await delayed.Touch();
        await delayed.Delay(TimeSpan.FromHours(1));
        await cluster.Client.GetGrain<ILifeGrain>("a").Touch();
        Assert.Equal(DeactivationReasonCode.ActivationIdle, await cluster.SignalsOf(0).Wait("ended a"));
        Assert.Equal(keptKey, await kept.Touch());
        Assert.Equal(delayedKey, await delayed.Touch());
    }

    [Fact]
    public async Task Silo_ThatStops_EndsItsGrainsAfterTheirRequests()
    {
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        IProbeGrain busy = cluster.Client.GetGrain<IProbeGrain>("busy");
        Task call = busy.WaitFor("go", "started");
        await signals.Wait("started");
        Task stop = cluster.StopAsync(0);
        signals.Set("go");
        await call;
        await stop;
        Assert.Equal(DeactivationReasonCode.ShuttingDown, await signals.Wait("deactivated busy"));
    }
}
