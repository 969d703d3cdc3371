using System.Buffers;
using System.Buffers.Binary;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>
/// A message as bytes: 24 bytes of header (magic, length, number of blocks, nothing, ticks waited), the body with the lengths of
/// the blocks at its end, then the blocks, which are the sender's own memory.
/// </summary>
internal sealed class WireFrame
{
    public const int HeaderBytes = 24;
    public const uint Magic = 0x3146534E;

    [ThreadStatic]
    private static WireWriter? s_writer;

    private readonly byte[] _head;
    private readonly int _headBytes;
    private readonly DateTimeOffset _made;

    private WireFrame(Message message, byte[] head, int headBytes, ReadOnlyMemory<byte>[] blocks, DateTimeOffset made)
    {
        Message = message;
        Blocks = blocks;
        _head = head;
        _headBytes = headBytes;
        _made = made;
        Size = headBytes + blocks.Sum(block => (long)block.Length);
    }

    public Message Message { get; }

    /// <summary>All bytes.</summary>
    public long Size { get; }

    /// <summary>Header and body.</summary>
    public ReadOnlyMemory<byte> Head => _head.AsMemory(0, _headBytes);

    public ReadOnlyMemory<byte>[] Blocks { get; }

    /// <summary>Writes a message.</summary>
    /// <exception cref="SerializerException">A value cannot travel, or the message is too long.</exception>
    public static WireFrame Create(Message message, DateTimeOffset now, long maxBytes)
    {
        WireWriter writer = s_writer ??= new WireWriter();
        s_writer = null;
        try
        {
            writer.Begin(HeaderBytes, now);
            Codecs.Write(writer, message);
            (byte[] head, int headBytes, ReadOnlyMemory<byte>[] blocks) = writer.End();
            WireFrame frame = new(message, head, headBytes, blocks, now);
            if (frame.Size > maxBytes)
            {
                frame.Free();
                throw new SerializerException($"A message of {frame.Size} bytes is longer than the limit of {maxBytes}.");
            }

            BinaryPrimitives.WriteUInt32LittleEndian(head, Magic);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), headBytes);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), blocks.Length);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), 0);
            return frame;
        }
        finally
        {
            writer.Abort();
            s_writer = writer;
        }
    }

    /// <summary>Enters how long the message has waited: deadlines are measured from its making.</summary>
    public void Stamp(DateTimeOffset now) => BinaryPrimitives.WriteInt64LittleEndian(_head.AsSpan(16), Math.Max(0, (now - _made).Ticks));

    /// <summary>Whether nobody waits for the response any more.</summary>
    public bool IsExpired(DateTimeOffset now) => Message is RequestMessage request && request.Deadline < now;

    /// <summary>Gives the buffer back; the frame is not used again.</summary>
    public void Free() => ArrayPool<byte>.Shared.Return(_head);
}
