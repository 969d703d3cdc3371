namespace NSft.Embedded.Orleans.Contract;

public abstract class SchedulingTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : SchedulingTests(hasTable: false);

    public sealed class OverTable() : SchedulingTests(hasTable: true);

    [Fact]
    public async Task Request_WhileAnotherAwaits_WaitsForIt()
    {
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        Task first = grain.WaitFor("go", "started");
        await signals.Wait("started");
        Task<string> second = grain.Echo("x");
        Assert.Equal("between", await grain.Interleaved());
        Assert.False(second.IsCompleted);
        signals.Set("go");
        await first;
        Assert.Equal("x", await second);
    }

    [Fact]
    public async Task ReadOnlyRequests_Interleave_AndHoldOthersBack()
    {
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        Task first = grain.ReadFor("go", "first");
        await signals.Wait("first");
        Task second = grain.ReadFor("go", "second");
        await signals.Wait("second");
        Task<string> write = grain.Echo("x");
        await grain.Interleaved();
        Assert.False(write.IsCompleted);
        signals.Set("go");
        await Task.WhenAll(first, second, write);
    }

    [Fact]
    public async Task ReentrantGrain_WhileAwaiting_TakesOtherRequests()
    {
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        IReentrantGrain grain = cluster.Client.GetGrain<IReentrantGrain>(Guid.NewGuid());
        Task first = grain.WaitFor("go", "started");
        await signals.Wait("started");
        Assert.Equal("pong", await grain.Ping());
        signals.Set("go");
        await first;
    }

    [Fact]
    public async Task Await_InGrain_ReturnsToItsScheduler()
    {
        await using TestCluster cluster = await StartAsync(2);
        Assert.True(await cluster.Client.GetGrain<IRelayGrain>(1).ReturnsToScheduler());
    }

    [Fact]
    public async Task CallChain_BackIntoCaller_RunsWhenAllowed()
    {
        await using TestCluster cluster = await StartAsync(2);
        Assert.Equal("leaf", await cluster.Client.GetGrain<IRelayGrain>(1).CallBackThrough(2, allow: true));
    }

    [Fact]
    public async Task CallChain_BackIntoCaller_TimesOutWhenNotAllowed()
    {
        await using TestCluster cluster = await StartAsync(
            1, silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        await Assert.ThrowsAsync<TimeoutException>(() => cluster.Client.GetGrain<IRelayGrain>(1).CallBackThrough(2, allow: false));
    }

    [Fact]
    public async Task OneWay_CompletesAtOnce_AndHidesErrors()
    {
        await using TestCluster cluster = await StartAsync();
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        await grain.Tell("told");
        await cluster.SignalsOf(0).Wait("told");
        Assert.Equal("alive", await grain.Echo("alive"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cancellation_OfCaller_ReachesCallee(int silos)
    {
        await using TestCluster cluster = await StartAsync(silos);
        IProbeGrain grain = cluster.On(cluster.AddressOf(silos - 1), client => client.GetGrain<IProbeGrain>("a"));
        Signals signals = cluster.SignalsOf(silos - 1);
        using CancellationTokenSource source = new();
        Task call = grain.WaitCancellable("started", "cancelled", source.Token);
        await signals.Wait("started");
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await signals.Wait("cancelled");
        Assert.Equal("alive", await grain.Echo("alive"));
    }

    [Fact]
    public async Task Cancellation_BeforeCall_SendsNothing()
    {
        await using TestCluster cluster = await StartAsync();
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.WaitCancellable("started", "cancelled", source.Token));
        Assert.Equal("alive", await grain.Echo("alive"));
        Assert.False(cluster.SignalsOf(0).IsSet("started"));
    }

    [Fact]
    public async Task Response_TooLate_ThrowsTimeoutThatNamesTheCall()
    {
        await using TestCluster cluster = await StartAsync();
        IProbeGrain grain = cluster.Client.GetGrain<IProbeGrain>("a");
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(() => grain.WaitBriefly("go"));
        Assert.Contains(nameof(IProbeGrain.WaitBriefly), error.Message, StringComparison.Ordinal);
        cluster.SignalsOf(0).Set("go");
        Assert.Equal("alive", await grain.Echo("alive"));
    }

    [Fact]
    public async Task RequestContext_FlowsToCalleesOfCallees()
    {
        await using TestCluster cluster = await StartAsync(2);
        RequestContext.Set("run", "r1");
        Assert.Equal("r1", await cluster.Client.GetGrain<IRelayGrain>(1).ContextValueOfOther(2, "run"));
        RequestContext.Clear();
        Assert.Null(await cluster.Client.GetGrain<IRelayGrain>(1).ContextValueOfOther(2, "run"));
    }
}
