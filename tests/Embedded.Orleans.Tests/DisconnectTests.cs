using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

public sealed class DisconnectTests
{
    [Fact]
    public async Task Peer_Gone_IsNoticedOnceAndCallsInFlightAreKnown()
    {
        await using Node one = Node.Silo();
        Node two = Node.Silo();
        two.Answer = _ => null;
        _ = one.StartCall(two.Address, 1, out _);
        await Eventually.TrueAsync(() => !two.Received.IsEmpty);
        await two.DisposeAsync();
        Assert.Equal((two.Address, DisconnectReason.Broken), Take(one));
        Assert.Empty(one.Returned);
        Assert.Empty(one.Ended);
    }

    [Fact]
    public async Task Peer_ThatNeverWas_IsRefusedAndCallsComeBack()
    {
        await using Node one = Node.Silo();
        SiloAddress nobody = SiloAddress.New(IPAddress.Loopback, Node.FreePort(), 1);
        SiloUnavailableException error = await Assert.ThrowsAsync<SiloUnavailableException>(() => one.CallAsync(nobody, 1));
        Assert.Contains("Nobody listens", error.Message, StringComparison.Ordinal);
        Assert.Equal((nobody, DisconnectReason.Refused), Take(one));
    }

    [Fact]
    public async Task Peer_Restarted_IsRejectedByItsOldAddressAndReachedByTheNew()
    {
        await using Node one = Node.Silo();
        Node two = Node.Silo();
        Assert.Equal(1, await one.CallAsync(two.Address, 1));
        await two.DisposeAsync();
        Take(one);
        await using Node again = new(SiloAddress.New(two.Address.Endpoint, two.Address.Generation + 1));
        SiloUnavailableException error = await Assert.ThrowsAsync<SiloUnavailableException>(() => one.CallAsync(two.Address, 1));
        Assert.Contains("generation 1 was wanted", error.Message, StringComparison.Ordinal);
        Assert.Equal((two.Address, DisconnectReason.Rejected), Take(one));
        Assert.Equal(2, await one.CallAsync(again.Address, 2));
    }

    [Fact]
    public async Task Peer_BackAtItsAddress_IsReachedAgain()
    {
        await using Node one = Node.Silo();
        Node two = Node.Silo();
        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(round, await one.CallAsync(two.Address, round));
            Assert.Equal(round, await two.CallAsync(one.Address, round));
            await two.DisposeAsync();
            Take(one);
            two = new Node(two.Address);
        }

        await two.DisposeAsync();
    }

    [Fact]
    public async Task Peer_OfAnotherCluster_IsRejected()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo(Node.Options() with { ClusterId = "other" });
        SiloUnavailableException error = await Assert.ThrowsAsync<SiloUnavailableException>(() => one.CallAsync(two.Address, 1));
        Assert.Contains("\"other\"", error.Message, StringComparison.Ordinal);
        Assert.Equal(DisconnectReason.Rejected, Take(one).Reason);
    }

    [Fact]
    public async Task Peer_DeclaredDead_GetsNothingAndIsTakenNoMore()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        Assert.Equal(1, await one.CallAsync(two.Address, 1));
        one.Transport.Sever(two.Address);
        Assert.Equal((two.Address, DisconnectReason.Closed), Take(one));
        Assert.Equal((one.Address, DisconnectReason.Broken), Take(two));
        Assert.False(one.Transport.TrySend(two.Address, Wire.Request(1)));
        SiloUnavailableException error = await Assert.ThrowsAsync<SiloUnavailableException>(() => two.CallAsync(one.Address, 1));
        Assert.Contains("for dead", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peer_ThatDoesNotAnswer_IsUnresponsive()
    {
        using TcpListener frozen = new(IPAddress.Loopback, 0);
        frozen.Start();
        await using Node one = Node.Silo(Node.Options() with { ConnectTimeout = TimeSpan.FromMilliseconds(100) });
        SiloAddress address = SiloAddress.New((IPEndPoint)frozen.LocalEndpoint, 1);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => one.CallAsync(address, 1));
        Assert.Equal((address, DisconnectReason.Unresponsive), Take(one));
    }

    [Fact]
    public async Task Client_Gone_IsNoticedAndNotReached()
    {
        await using Node silo = Node.Silo();
        Node client = Node.Client();
        Assert.Equal(1, await client.CallAsync(silo.Address, 1));
        await client.DisposeAsync();
        Assert.Equal(client.Address, Take(silo).Peer);
        Assert.False(silo.Transport.TrySend(client.Address, Wire.Request(1)));
    }

    [Fact]
    public async Task Value_Undeclared_ComesBackWithItsName()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        CodecNotFoundException error = await Assert.ThrowsAsync<CodecNotFoundException>(() => one.CallAsync(two.Address, new Data.Undeclared()));
        Assert.Contains(nameof(Data.Undeclared), error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await one.CallAsync(two.Address, 1));
    }

    [Fact]
    public async Task Message_LongerThanTheLimit_ComesBack()
    {
        await using Node one = Node.Silo(Node.Options() with { MaxMessageBytes = 10_000 });
        await using Node two = Node.Silo();
        SerializerException error = await Assert.ThrowsAsync<SerializerException>(() => one.CallAsync(two.Address, new byte[10_000]));
        Assert.Contains("10000", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, await one.CallAsync(two.Address, 1));
    }

    [Fact]
    public async Task Port_Taken_IsNamed()
    {
        await using Node one = Node.Silo();
        AddressInUseException error = Assert.Throws<AddressInUseException>(() => new Node(SiloAddress.New(one.Address.Endpoint, 9)));
        Assert.Contains("already in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_OfOneProcess_HandObjectsOver()
    {
        InProcessTransport near = new();
        await using Node one = Node.Silo(Node.Options() with { SameProcess = near });
        await using Node two = Node.Silo(Node.Options() with { SameProcess = near });
        object value = new();
        Assert.Same(value, await one.CallAsync(two.Address, value));
    }

    private static (SiloAddress Peer, DisconnectReason Reason) Take(Node node) =>
        node.Ended.TryTake(out (SiloAddress, DisconnectReason) ended, TimeSpan.FromSeconds(30)) ? ended : throw new TimeoutException("Nothing was noticed.");
}
