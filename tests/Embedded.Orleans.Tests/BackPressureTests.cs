using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

public sealed class BackPressureTests
{
    private const int Chunk = 1 << 20;
    private static readonly byte[] Block = new byte[Chunk];

    [Fact]
    public async Task Receiver_ThatDoesNotWork_BoundsEveryQueue()
    {
        await using Node one = Node.Silo(Node.Options() with { MaxQueuedBytes = 8 * Chunk, MaxWaiters = 10 });
        await using Node two = Node.Silo(Node.Options() with { MaxUnprocessedBytes = 2 * Chunk });
        two.IsStuck = true;
        two.Answer = _ => null;
        List<Task<ResponseMessage>> calls = [];
        while (one.Returned.IsEmpty)
        {
            calls.Add(one.StartCall(two.Address, new ReadOnlyMemory<byte>(Block), out _));
            (long bytes, int waiters) = one.Transport.QueueOf(two.Address, MessageLane.Requests);
            Assert.InRange(bytes, 0, 8 * Chunk);
            Assert.InRange(waiters, 0, 10);
            Assert.True(calls.Count < 100, "The sender's queue has no bound.");
        }

        Assert.All(one.Returned, returned => Assert.IsType<OrleansMessageRejectionException>(returned.Error));
        Assert.Equal((object?)"through", await two.CallAsync(one.Address, "through"));
        Assert.InRange(two.Received.Count, 0, 3);

        two.IsStuck = false;
        two.Answer = _ => "done";
        await Eventually.TrueAsync(() =>
        {
            foreach (RequestMessage request in two.Received.OfType<RequestMessage>())
            {
                request.Receipt?.Release();
            }

            return two.Received.Count + one.Returned.Count == calls.Count;
        });
        Assert.Equal((0L, 0), one.Transport.QueueOf(two.Address, MessageLane.Requests));
    }

    [Fact]
    public async Task Control_WithPayloadQueued_Overtakes()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo(Node.Options() with { MaxUnprocessedBytes = 1 });
        two.IsStuck = true;
        two.Answer = _ => null;
        for (int i = 0; i < 40; i++)
        {
            _ = one.StartCall(two.Address, new ReadOnlyMemory<byte>(Block), out _);
        }

        ForwardedMessage probe = new(new CallId(one.Address, -1), two.Address);
        Assert.True(one.Transport.TrySend(two.Address, probe));
        await Eventually.TrueAsync(() => two.Received.Contains(probe));
        Assert.True(one.Transport.QueueOf(two.Address, MessageLane.Requests).Bytes > 0);
    }

    [Fact]
    public async Task Cancellation_OfWaitingCall_TakesItOut()
    {
        await using Node one = Node.Silo(Node.Options() with { MaxQueuedBytes = Chunk });
        await using Node two = Node.Silo(Node.Options() with { MaxUnprocessedBytes = 1 });
        two.IsStuck = true;
        two.Answer = _ => null;
        RequestMessage last = null!;
        for (int i = 0; i < 40; i++)
        {
            _ = one.StartCall(two.Address, new ReadOnlyMemory<byte>(Block), out last);
        }

        await Eventually.TrueAsync(() => two.Received.Count == 1);
        int waiting = one.Transport.QueueOf(two.Address, MessageLane.Requests).Waiters;
        Assert.True(waiting > 0);
        Assert.True(one.Transport.TrySend(two.Address, new CancelMessage(last.Call, last.Target)));
        Assert.InRange(one.Transport.QueueOf(two.Address, MessageLane.Requests).Waiters, 0, waiting - 1);
    }

    [Fact]
    public async Task Deadline_OfWaitingCall_FreesItsPlace()
    {
        ManualTime time = new(DateTimeOffset.UnixEpoch.AddYears(50));
        await using Node one = Node.Silo(Node.Options() with { MaxQueuedBytes = Chunk, MaxWaiters = 4, Time = time });
        await using Node two = Node.Silo(Node.Options() with { MaxUnprocessedBytes = 1 });
        two.IsStuck = true;
        two.Answer = _ => null;
        while (one.Returned.IsEmpty)
        {
            _ = one.StartCall(two.Address, new ReadOnlyMemory<byte>(Block), out _, time.Now + TimeSpan.FromSeconds(10));
        }

        await Eventually.TrueAsync(() => two.Received.Count == 1);
        while (one.Returned.Count < 2)
        {
            _ = one.StartCall(two.Address, new ReadOnlyMemory<byte>(Block), out _, time.Now + TimeSpan.FromSeconds(10));
        }

        time.Now += TimeSpan.FromSeconds(11);
        int returned = one.Returned.Count;
        _ = one.StartCall(two.Address, new ReadOnlyMemory<byte>(Block), out _, time.Now + TimeSpan.FromSeconds(10));
        Assert.Equal(returned, one.Returned.Count);
    }

    [Fact]
    public async Task Deadline_BetweenDifferentClocks_IsTheTimeLeft()
    {
        ManualTime early = new(DateTimeOffset.UnixEpoch.AddYears(50));
        ManualTime late = new(DateTimeOffset.UnixEpoch.AddYears(51));
        await using Node one = Node.Silo(Node.Options() with { Time = early });
        await using Node two = Node.Silo(Node.Options() with { Time = late });
        await one.CallAsync(two.Address, 1, early.Now + TimeSpan.FromSeconds(10));
        RequestMessage request = Assert.IsType<RequestMessage>(Assert.Single(two.Received));
        Assert.Equal(late.Now + TimeSpan.FromSeconds(10), request.Deadline);
    }
}
