using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Orleans.Serialization;

/// <summary>
/// Writes one message: small values into a rented buffer, large blocks of bytes beside it, as they are. Objects and types that
/// come again are named by the offset of where they came first, so that a reader can skip members that it does not know.
/// </summary>
internal sealed class WireWriter
{
    /// <summary>Blocks of bytes from this length on travel beside the body, without a copy.</summary>
    public const int BlockBytes = 4096;

    private const int FirstBytes = 1024;
    private const int MaxKeptObjects = 10_000;

    private readonly Dictionary<object, int> _objects = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, int> _types = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private List<ReadOnlyMemory<byte>>? _blocks;

    /// <summary>Where the next byte goes.</summary>
    public int Position { get; private set; }

    /// <summary>The time that deadlines are measured from.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Starts a message whose first bytes are kept free.</summary>
    public void Begin(int reserved, DateTimeOffset now)
    {
        Now = now;
        Position = 0;
        Take(reserved);
    }

    /// <summary>Gives the message away; the rented buffer goes with it.</summary>
    public (byte[] Rented, int Length, ReadOnlyMemory<byte>[] Blocks) End()
    {
        ReadOnlyMemory<byte>[] blocks = _blocks is null ? [] : [.. _blocks];
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            WriteFixed(block.Length);
        }

        byte[] rented = _buffer;
        int length = Position;
        Reset(ArrayPool<byte>.Shared.Rent(FirstBytes));
        return (rented, length, blocks);
    }

    /// <summary>Forgets a message that could not be written.</summary>
    public void Abort() => Reset(_buffer);

    /// <summary>Names an object that was written before; else remembers it as written from here on.</summary>
    public bool TryWriteSeen(object value)
    {
        ref int offset = ref CollectionsMarshal.GetValueRefOrAddDefault(_objects, value, out bool exists);
        if (!exists)
        {
            offset = Position;
            return false;
        }

        int seen = offset;
        WriteByte((byte)WireTag.Seen);
        WriteVarint((uint)seen);
        return true;
    }

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteSigned(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    public void WriteFixed(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes a text as UTF-8, or as UTF-16 if it is no valid text.</summary>
    public void WriteString(string value)
    {
        EnsureRoom(checked((value.Length * 3) + 10));
        int header = VarintLength(((ulong)value.Length * 3) << 1);
        OperationStatus status = Utf8.FromUtf16(value, _buffer.AsSpan(Position + header), out _, out int written, replaceInvalidSequences: false);
        if (status != OperationStatus.Done)
        {
            ReadOnlySpan<byte> raw = MemoryMarshal.AsBytes(value.AsSpan());
            WriteVarint(((ulong)raw.Length << 1) | 1);
            WriteRaw(raw);
            return;
        }

        // The header has room for the longest text, so a short one carries padding groups.
        ulong length = (ulong)written << 1;
        for (int i = 0; i < header; i++, length >>= 7)
        {
            _buffer[Position + i] = (byte)((length & 0x7F) | (i < header - 1 ? 0x80u : 0));
        }

        Position += header + written;
    }

    /// <summary>Writes bytes: here, or as a block of its own.</summary>
    public void WriteBlock(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < BlockBytes)
        {
            WriteVarint((ulong)bytes.Length << 1);
            WriteRaw(bytes.Span);
            return;
        }

        _blocks ??= [];
        WriteVarint(((ulong)_blocks.Count << 1) | 1);
        _blocks.Add(bytes);
    }

    /// <summary>Writes a type's name, or where it was written before.</summary>
    public void WriteType(Type type)
    {
        if (WireTypes.NumberOf(type) is { } number)
        {
            WriteVarint(((ulong)number << 1) | 1);
            return;
        }

        ref int offset = ref CollectionsMarshal.GetValueRefOrAddDefault(_types, type, out bool exists);
        if (exists)
        {
            WriteVarint((ulong)offset << 1);
            return;
        }

        WriteByte(0);
        offset = Position;
        WriteString(WireTypes.NameOf(type));
    }

    /// <summary>Keeps room for a length; what <see cref="EndSized"/> gets.</summary>
    public int BeginSized()
    {
        Take(4);
        return Position;
    }

    /// <summary>Enters the length of what was written since.</summary>
    public void EndSized(int begin) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(begin - 4), Position - begin);

    private static int VarintLength(ulong value) => Math.Max(1, (70 - BitOperations.LeadingZeroCount(value)) / 7);

    private Span<byte> Take(int count)
    {
        EnsureRoom(count);
        Span<byte> taken = _buffer.AsSpan(Position, count);
        Position += count;
        return taken;
    }

    private void EnsureRoom(int count)
    {
        if (_buffer.Length - Position >= count)
        {
            return;
        }

        long wanted = Math.Max((long)Position + count, _buffer.Length * 2L);
        if ((long)Position + count > Array.MaxLength)
        {
            throw new SerializerException("A message is longer than a message can be.");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(wanted, Array.MaxLength));
        _buffer.AsSpan(0, Position).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Reset(byte[] buffer)
    {
        _buffer = buffer;
        bool wasLarge = _objects.Count > MaxKeptObjects;
        _objects.Clear();
        if (wasLarge)
        {
            _objects.TrimExcess();
        }

        _types.Clear();
        _blocks = null;
        Position = 0;
    }
}
