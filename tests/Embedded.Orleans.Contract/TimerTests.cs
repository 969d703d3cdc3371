namespace NSft.Embedded.Orleans.Contract;

public abstract class TimerTests(bool hasTable) : ContractTests(hasTable)
{
    public sealed class InProcess() : TimerTests(hasTable: false);

    public sealed class OverTable() : TimerTests(hasTable: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Timer_TicksAgainAndAgain_WithoutOverlap(bool interleave)
    {
        await using TestCluster cluster = await StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Start(0, 1, interleave);
        await cluster.SignalsOf(0).Wait("a tick 5");
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
        await using TestCluster cluster = await StartAsync();
        Signals signals = cluster.SignalsOf(0);
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Start(0, 1, interleave);
        await signals.Wait("a tick 1");
        Task block = grain.Block("go", "blocked");
        await signals.Wait("blocked");
        int ticks = 1;
        while (signals.IsSet($"a tick {ticks + 1}"))
        {
            ticks++;
        }

        if (interleave)
        {
            await signals.Wait($"a tick {ticks + 3}");
        }
        else
        {
            // The other grain's clock shows that time has passed: ticks fell due here, and none may have run.
            ITimerGrain other = cluster.Client.GetGrain<ITimerGrain>("other");
            await other.Start(0, 1, interleave: false);
            await Eventually.Holds(async () => await other.Ticks() >= 5, "five ticks of the other grain");
            Assert.False(signals.IsSet($"a tick {ticks + 1}"));
        }

        signals.Set("go");
        await block;
    }

    [Fact]
    public async Task Timer_WhoseCallbackFails_GoesOn()
    {
        await using TestCluster cluster = await StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Fail();
        await grain.Start(0, 1, interleave: false);
        await cluster.SignalsOf(0).Wait("a tick 3");
    }

    [Fact]
    public async Task Timer_WithoutPeriod_TicksOnce_AndChangeStartsItAgain()
    {
        await using TestCluster cluster = await StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.Start(0, Timeout.Infinite, interleave: false);
        await cluster.SignalsOf(0).Wait("a tick 1");
        Assert.Equal(1, await grain.Ticks());
        await grain.Restart();
        await cluster.SignalsOf(0).Wait("a tick 2");
    }

    [Fact]
    public async Task Deactivation_CancelsTimers()
    {
        await using TestCluster cluster = await StartAsync();
        ITimerGrain grain = cluster.Client.GetGrain<ITimerGrain>("a");
        await grain.HoldTicks();
        await grain.Start(0, Timeout.Infinite, interleave: false);
        await cluster.SignalsOf(0).Wait("a tick 1");
        await grain.End();
        await cluster.SignalsOf(0).Wait("tick cancelled");
    }
}
