using NSft.Grains.Jobs;

namespace NSft.Grains.Tests.Jobs;

public sealed class RequestSlotsTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_AllTaken_WaitsUntilOneIsGivenBack()
    {
        var slots = new RequestSlots(() => 1);
        var first = await slots.TakeAsync(Ended);
        var second = slots.TakeAsync(Ended);
        Assert.False(second.IsCompleted);

        first.Dispose();
        first.Dispose();
        var third = slots.TakeAsync(Ended);
        (await second).Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Take_LimitRises_WaitingWorkIsLetIn()
    {
        var limit = 0;
        var slots = new RequestSlots(() => Volatile.Read(ref limit));
        var waiting = slots.TakeAsync(Ended);
        Assert.False(waiting.IsCompleted);

        Volatile.Write(ref limit, 1);

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Take_Cancelled_LeavesTheLine()
    {
        using var cancellation = new CancellationTokenSource();
        var slots = new RequestSlots(() => 1);
        var first = await slots.TakeAsync(Ended);
        var given = slots.TakeAsync(cancellation.Token);
        var next = slots.TakeAsync(Ended);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        first.Dispose();

        (await next).Dispose();
    }
}
