using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

/// <summary>Holds all threads of the pool, hence runs alone.</summary>
[Collection(nameof(StarvationTests))]
public sealed class StarvationTests
{
    private const int HeldThreads = 500;

    [Fact]
    public async Task Control_WithThePoolBusy_IsAnswered()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        ForwardedMessage first = new(new CallId(one.Address, -2), two.Address);
        Assert.True(one.Transport.TrySend(two.Address, first));
        await Eventually.TrueAsync(() => two.Received.Contains(first));
        using ManualResetEventSlim release = new();
        using CountdownEvent held = new(HeldThreads);
        for (int i = 0; i < HeldThreads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    release.Wait();
                    held.Signal();
                },
                null);
        }

        ForwardedMessage probe = new(new CallId(one.Address, -1), two.Address);
        bool arrived = one.Transport.TrySend(two.Address, probe) && SpinWait.SpinUntil(() => two.Received.Contains(probe), TimeSpan.FromSeconds(20));
        bool wasBusy = held.CurrentCount == HeldThreads;
        release.Set();
        held.Wait(TestContext.Current.CancellationToken);
        Assert.True(arrived && wasBusy);
    }
}
