using System.Buffers.Binary;

namespace NSft.Embedded.Orleans.Tests.Support;

/// <summary>Values through bytes and back.</summary>
internal static class Wire
{
    private static readonly SiloAddress Node = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);

    /// <summary>Sends a value as an argument would go.</summary>
    public static object? Through(object? value) => ((RequestMessage)Decode(Encode(Request(value)))).Arguments[0];

    /// <summary>Sends a value in a place of its static type.</summary>
    public static T Through<T>(T value)
    {
        WireWriter writer = new();
        writer.Begin(0, DateTimeOffset.UnixEpoch);
        Codecs.Write(writer, value);
        (byte[] bytes, int length, ReadOnlyMemory<byte>[] blocks) = writer.End();
        WireReader reader = new(bytes.AsMemory(0, length - (4 * blocks.Length)), [.. blocks.Select(block => block.ToArray())], DateTimeOffset.UnixEpoch);
        T read = Codecs.Read<T>(reader);
        Assert.Equal(0, reader.Left);
        return read;
    }

    /// <summary>A call with one argument.</summary>
    public static RequestMessage Request(object? argument, long number = 1, SiloAddress? sender = null) => new(new CallId(sender ?? Node, number))
    {
        Target = GrainId.Create("t", "k"),
        Interface = "i",
        Method = "m",
        Arguments = [argument],
        Deadline = DateTimeOffset.MaxValue,
    };

    /// <summary>A message as bytes: the head, then the blocks.</summary>
    public static byte[][] Encode(Message message)
    {
        WireFrame frame = WireFrame.Create(message, DateTimeOffset.UnixEpoch, long.MaxValue);
        frame.Stamp(DateTimeOffset.UnixEpoch);
        byte[][] parts = [frame.Head.ToArray(), .. frame.Blocks.Select(block => block.ToArray())];
        frame.Free();
        return parts;
    }

    /// <summary>The message of bytes.</summary>
    public static Message Decode(byte[][] parts) => Decode(parts[0], parts[1..]);

    /// <summary>The message of bytes.</summary>
    public static Message Decode(byte[] head, byte[][] blocks)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8));
        return FrameDecoder.Decode(head.AsMemory(0, head.Length - (4 * count)), blocks, DateTimeOffset.UnixEpoch);
    }
}
