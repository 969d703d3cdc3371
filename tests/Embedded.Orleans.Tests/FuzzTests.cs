using System.Buffers.Binary;
using System.Net.Sockets;
using NSft.Embedded.Orleans.Tests.Data;
using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

public sealed class FuzzTests
{
    [Fact]
    public void Bytes_Damaged_AreAMessageOrAnError()
    {
        byte[][] parts = Wire.Encode(Message());
        Random random = new(1);
        int errors = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] head = Damage(parts[0], random);
            try
            {
                _ = FrameDecoder.Decode(head.AsMemory(0, Math.Max(WireFrame.HeaderBytes, head.Length - 4)), parts[1..], DateTimeOffset.UnixEpoch);
            }
            catch (SerializerException)
            {
                errors++;
            }
        }

        Assert.InRange(errors, 1000, 20_000);
    }

    [Fact]
    public void Objects_NestedWithoutEnd_AreAnError()
    {
        WireWriter writer = new();
        writer.Begin(WireFrame.HeaderBytes, DateTimeOffset.UnixEpoch);
        for (int i = 0; i < 1_000_000; i++)
        {
            writer.WriteByte((byte)WireTag.Typed);
            writer.WriteType(typeof(object[]));
            writer.WriteVarint(1);
        }

        (byte[] bytes, int length, _) = writer.End();
        WireReader reader = new(bytes.AsMemory(0, length), [], DateTimeOffset.UnixEpoch) { Position = WireFrame.HeaderBytes };
        Assert.Contains("too deep", Assert.Throws<SerializerException>(() => Codecs.Read<object?>(reader)).Message, StringComparison.Ordinal);
        Link end = new();
        for (int i = 0; i < 1_000_000; i++)
        {
            end = new Link { Next = end };
        }

        Assert.Throws<SerializerException>(() => Wire.Through(end));
    }

    [Fact]
    public async Task Connection_OfAStranger_EndsAlone()
    {
        await using Node one = Node.Silo();
        await using Node two = Node.Silo();
        Random random = new(2);
        for (int i = 0; i < 50; i++)
        {
            byte[] garbage = new byte[random.Next(1, 5000)];
            random.NextBytes(garbage);
            await EndsAsync(two, socket => socket.SendAsync(garbage, SocketFlags.None));
        }

        Assert.Equal("alive", await one.CallAsync(two.Address, "alive"));
    }

    [Fact]
    public async Task Connection_WithDamagedMessages_EndsWithAReason()
    {
        await using Node two = Node.Silo();
        two.Answer = _ => null;
        byte[][] parts = Wire.Encode(Message());
        Random random = new(3);
        for (int i = 0; i < 60; i++)
        {
            SiloAddress sender = SiloAddress.New(two.Address.Endpoint.Address, 60_000, -1 - i);
            byte[] damaged = Damage(parts[0], random);
            damaged[i % 4] ^= i % 3 == 0 ? (byte)0xFF : (byte)0;
            await EndsAsync(two, async socket =>
            {
                Preamble hello = new(PreambleStatus.Accepted, MessageLane.Requests, 1, 1, "tests", sender);
                await hello.SendAsync(socket, TestContext.Current.CancellationToken);
                Assert.Equal(PreambleStatus.Accepted, (await Preamble.ReceiveAsync(socket, TestContext.Current.CancellationToken)).Status);
                await socket.SendAsync(damaged, SocketFlags.None);
                await socket.SendAsync(parts[1], SocketFlags.None);
                socket.Shutdown(SocketShutdown.Send);
            });
            Assert.True(two.Ended.TryTake(out (SiloAddress Peer, DisconnectReason Reason) ended, TimeSpan.FromSeconds(30)));
            Assert.Equal(sender, ended.Peer);
            Assert.True(i % 3 != 0 || ended.Reason == DisconnectReason.Malformed);
        }
    }

    private static RequestMessage Message()
    {
        Link link = new LongLink { Value = 300, Price = 2, Anything = new Dictionary<string, object> { ["k"] = new Point(1, 2) }, Numbers = [1, 2] };
        link.Next = link;
        return Wire.Request(new object?[] { link, new Circle("c", 1), "text", 5L, new byte[5000], (1, "a"), new Exception[] { new TroubleException("x", 1) }, new string?[] { null } });
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        byte[] damaged = random.Next(4) == 0 ? bytes[..random.Next(WireFrame.HeaderBytes, bytes.Length)] : [.. bytes];
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int at = random.Next(Math.Min(WireFrame.HeaderBytes, damaged.Length - 1), damaged.Length);
            damaged[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(damaged[at] ^ (1 << random.Next(8)));
        }

        BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(4), damaged.Length);
        return damaged;
    }

    /// <summary>Connects, does something, and waits until the node has closed the connection.</summary>
    private static async Task EndsAsync(Node node, Func<Socket, Task> act)
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(node.Address.Endpoint, TestContext.Current.CancellationToken);
        try
        {
            await act(socket);
            socket.Shutdown(SocketShutdown.Send);
            byte[] buffer = new byte[64_000];
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Closed with bytes unread.
        }
    }
}
