using System.Net;
using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

public sealed class TransportTests
{
    [Fact]
    public async Task Call_BetweenSilos_IsAnswered()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        Assert.Equal("hello", await one.CallAsync(two.Address, "hello"));
        Assert.Equal(7, await two.CallAsync(one.Address, 7));
    }

    [Fact]
    public async Task Call_BothWaysAtOnce_NeedsNoSecondAttempt()
    {
        for (int round = 0; round < 40; round++)
        {
            await using Node one = Node.Silo();
            await using Node two = Node.Silo();
            using Barrier start = new(2);
            Task<object?> there = Task.Run(() => At(start, () => one.CallAsync(two.Address, "there")), TestContext.Current.CancellationToken);
            Task<object?> back = Task.Run(() => At(start, () => two.CallAsync(one.Address, "back")), TestContext.Current.CancellationToken);
            Assert.Equal(["there", "back"], await Task.WhenAll(there, back));
            Assert.Equal("again", await one.CallAsync(two.Address, "again"));
            Assert.Empty(one.Ended.Concat(two.Ended));
        }
    }

    [Fact]
    public async Task Client_KnowingAPortOnly_FindsTheSiloAndGetsAnswers()
    {
        await using Node silo = Node.Silo();
        SiloAddress gateway = SiloAddress.New(IPAddress.Loopback, Node.FreePort(), 0);
        silo.Transport.Attach(gateway, silo);
        await using Node client = Node.Client();
        Assert.False(silo.Transport.TrySend(client.Address, Wire.Request(1)));
        Assert.Equal("x", await client.CallAsync(gateway, "x"));
        Assert.Equal("y", await silo.CallAsync(client.Address, "y"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(50_000_000)]
    public async Task Block_OfAnyLength_ArrivesWhole(int length)
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        byte[] block = new byte[length];
        new Random(length).NextBytes(block);
        ReadOnlyMemory<byte> answer = (ReadOnlyMemory<byte>)(await one.CallAsync(two.Address, new ReadOnlyMemory<byte>(block)))!;
        Assert.True(answer.Span.SequenceEqual(block));
        string text = new('a', length);
        Assert.True((string)(await one.CallAsync(two.Address, text))! == text);
    }

    [Fact]
    public async Task Callers_Hundred_GetTheirOwnAnswers()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(caller => Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                object sent = i % 10 == 0 ? Block(caller, i * 700) : (caller, i);
                object? answer = await (caller % 2 == 0 ? one.CallAsync(two.Address, sent) : two.CallAsync(one.Address, sent));
                Assert.True(sent is byte[] block ? block.AsSpan().SequenceEqual((byte[])answer!) : sent.Equals(answer));
            }
        })));
    }

    [Fact]
    public async Task Requests_OfOneSender_KeepTheirOrder()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        Task[] calls = [.. Enumerable.Range(0, 2000).Select(i => one.CallAsync(two.Address, i % 50 == 0 ? (i, new byte[100_000]) : (i, Array.Empty<byte>())))];
        await Task.WhenAll(calls);
        Assert.Equal(Enumerable.Range(0, 2000), two.Received.Cast<RequestMessage>().Select(request => (((int, byte[]))request.Arguments[0]!).Item1));
    }

    private static byte[] Block(int seed, int length)
    {
        byte[] block = new byte[length];
        new Random(seed).NextBytes(block);
        return block;
    }

    private static Task<object?> At(Barrier start, Func<Task<object?>> call)
    {
        start.SignalAndWait();
        return call();
    }
}
