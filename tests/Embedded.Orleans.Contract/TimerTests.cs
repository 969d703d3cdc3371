namespace NSft.Embedded.Orleans.Contract;

public sealed class TimerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timer_TicksAgainAndAgain_WithoutOverlap(bool interleave)
    {
        await using TestCluster cluster = await TestCluster.StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Start(0, 1, interleave);
        await cluster.SignalsOf(0).Wait("tick 5");
        Assert.False(await grain.Overlapped());
        await grain.Stop();
        int ticks = await grain.Ticks();
        Assert.True(ticks >= 5);
        Assert.Equal(ticks, await grain.Ticks());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tick_DuringARequest_WaitsUnlessItInterleaves(bool interleave)
    {
        await using TestCluster cluster = await TestCluster.StartAsync();
        Signals signals = cluster.SignalsOf(0);
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        ITimerGrain other = cluster.Client.GetGrain<ITimerGrain>("other");
        Task block = grain.Block("go", "started");
        await signals.Wait("started");
        Task start = grain.Start(0, 1, interleave);
        Assert.False(start.IsCompleted);
        signals.Set("go");
        await Task.WhenAll(block, start);
        await signals.Wait("tick 1");
        Task second = grain.Block("never mind", "second");
        await signals.Wait("second");
        if (interleave)
        {
            await signals.Wait("tick 9");
        }

        signals.Set("never mind");
        await second;
        await other.Ticks();
    }

    [Fact]
    public async Task Timer_WhoseCallbackFails_GoesOn()
    {
        await using TestCluster cluster = await TestCluster.StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Fail();
        await grain.Start(0, 1, interleave: false);
        await cluster.SignalsOf(0).Wait("tick 3");
    }

    [Fact]
    public async Task Timer_WithoutPeriod_TicksOnce_AndChangeStartsItAgain()
    {
        await using TestCluster cluster = await TestCluster.StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Start(0, Timeout.Infinite, interleave: false);
        await cluster.SignalsOf(0).Wait("tick 1");
        Assert.Equal(1, await grain.Ticks());
        await grain.Restart();
        await cluster.SignalsOf(0).Wait("tick 2");
    }

    [Fact]
    public async Task Deactivation_CancelsTimers()
    {
        await using TestCluster cluster = await TestCluster.StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.HoldTicks();
        await grain.Start(0, Timeout.Infinite, interleave: false);
        await cluster.SignalsOf(0).Wait("tick 1");
        await grain.End();
        await cluster.SignalsOf(0).Wait("tick cancelled");
    }
}
