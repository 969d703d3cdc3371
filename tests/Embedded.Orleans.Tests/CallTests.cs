using NSft.Embedded.Orleans.Tests.Data;
using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

public sealed class CallTests
{
    private static readonly ReadOnlyMemory<byte> Chunk = new byte[1 << 20];

    [Fact]
    public async Task Calls_AboveAllBounds_AreRejectedAndTheRestIsAnswered()
    {
        await using Caller one = new(Node.Options() with { MaxQueuedBytes = 4 << 20, MaxWaiters = 3 });
        await using Caller two = new(Node.Options() with { MaxUnprocessedBytes = 1 });
        one.To = two.Address;
        List<Task<object?>> calls = [];
        while (!calls.Exists(call => call.IsFaulted))
        {
            calls.Add(one.SendAsync(Chunk));
            Assert.True(calls.Count < 100, "The sender's queue has no bound.");
        }

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => calls[^1]);
        await Eventually.TrueAsync(() => two.Requests.Count == 1);
        two.Answer = request => new ResponseMessage(request.Call) { Kind = ResponseKind.Success, Result = 1 };
        two.Requests.TryPeek(out RequestMessage? first);
        first!.Receipt!.Release();
        two.Receive(first);
        Assert.All(await Task.WhenAll(calls[..^1]), answer => Assert.Equal(1, answer));
    }

    [Fact]
    public async Task Cancellation_OfACallThatWaits_EndsItAndFreesItsPlace()
    {
        await using Caller one = new(Node.Options() with { MaxQueuedBytes = 1 << 20 });
        await using Caller two = new(Node.Options() with { MaxUnprocessedBytes = 1 });
        one.To = two.Address;
        using CancellationTokenSource cancellation = new();
        List<Task<object?>> calls = [.. Enumerable.Range(0, 40).Select(_ => one.SendUntilAsync(Chunk, cancellation.Token))];
        await Eventually.TrueAsync(() => two.Requests.Count == 1);
        await cancellation.CancelAsync();
        Assert.All(calls, call => Assert.True(call.IsCanceled));
        two.Answer = request => new ResponseMessage(request.Call) { Kind = ResponseKind.Success, Result = 1 };
        two.Requests.First().Receipt!.Release();
        await Eventually.TrueAsync(() => one.Sockets.QueueOf(two.Address, MessageLane.Requests) == (0, 0));
        Assert.InRange(two.Requests.Count, 1, 39);
        await Eventually.TrueAsync(() => two.Cancellations.Any(cancel => cancel.Call == two.Requests.First().Call));
    }

    [Fact]
    public async Task Call_InFlightWhenThePeerGoes_IsUnavailable()
    {
        await using Caller one = new(Node.Options());
        Caller two = new(Node.Options());
        one.To = two.Address;
        Task<object?> call = one.SendAsync(Chunk);
        await Eventually.TrueAsync(() => two.Requests.Count == 1);
        await two.DisposeAsync();
        SiloUnavailableException error = await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Assert.Contains("whether it ran is unknown", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_ThatCannotTravel_IsAnErrorOfTheCall()
    {
        await using Caller one = new(Node.Options());
        await using Caller two = new(Node.Options());
        one.To = two.Address;
        two.Answer = request => new ResponseMessage(request.Call) { Kind = ResponseKind.Success, Result = new Undeclared() };
        CodecNotFoundException error = await Assert.ThrowsAsync<CodecNotFoundException>(() => one.SendAsync(Chunk));
        Assert.Contains(nameof(Undeclared), error.Message, StringComparison.Ordinal);
        two.Answer = request => new ResponseMessage(request.Call) { Kind = ResponseKind.Error, Error = new InvalidOperationException("no") };
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => one.SendAsync(Chunk))).Message);
    }
}
