using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>Reads one message; everything that it reads is checked, because it may come from a damaged peer.</summary>
internal sealed class WireReader(ReadOnlyMemory<byte> body, byte[][] blocks, DateTimeOffset now)
{
    private readonly Dictionary<int, object> _objects = [];
    private List<(int Begin, int End)>? _skipped;

    /// <summary>Where the next byte is.</summary>
    public int Position { get; set; }

    /// <summary>Where the object begins that is being read.</summary>
    public int Start { get; set; }

    /// <summary>The kind of the member that is being read.</summary>
    public WireKind MemberKind { get; set; }

    /// <summary>The time that deadlines are measured from: the receipt, less the time that the message waited to be sent.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The bytes that are left.</summary>
    public int Left => body.Length - Position;

    /// <summary>References to grains in the message; they are not bound to a node yet.</summary>
    public List<GrainReference>? References { get; private set; }

    /// <summary>The outermost message's type and call, as soon as they are known.</summary>
    public (Type Type, CallId Call)? Envelope { get; set; }

    /// <summary>The error for bytes that no writer writes.</summary>
    public static SerializerException Malformed(string what) => new($"A message is malformed: {what}.");

    public byte ReadByte() => Take(1)[0];

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte one = ReadByte();
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }

        throw Malformed("a number has no end");
    }

    public long ReadSigned()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int ReadFixed() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public ReadOnlySpan<byte> ReadRaw(int count) => Take(count);

    /// <summary>Reads a count of items that have a length of their own each.</summary>
    public int ReadCount(int itemBytes = 1)
    {
        ulong count = ReadVarint();
        return count <= (ulong)(Left / itemBytes) ? (int)count : throw Malformed($"{count} items in {Left} bytes");
    }

    public string ReadString()
    {
        ulong header = ReadVarint();
        ReadOnlySpan<byte> bytes = Take((int)Math.Min(header >> 1, int.MaxValue));
        return (header & 1) == 0 ? Encoding.UTF8.GetString(bytes) : new string(MemoryMarshal.Cast<byte, char>(bytes));
    }

    /// <summary>Reads bytes into an array of their own.</summary>
    public byte[] ReadBlock()
    {
        ulong header = ReadVarint();
        if ((header & 1) == 0)
        {
            return Take((int)Math.Min(header >> 1, int.MaxValue)).ToArray();
        }

        return header >> 1 < (ulong)blocks.Length ? blocks[header >> 1] : throw Malformed("a block is missing");
    }

    /// <summary>Reads what <see cref="WireWriter.WriteType"/> wrote.</summary>
    /// <exception cref="CodecNotFoundException">The type is unknown here or may not travel.</exception>
    public Type ReadType()
    {
        ulong header = ReadVarint();
        if ((header & 1) != 0)
        {
            return WireTypes.Numbered(header >> 1);
        }

        int back = Position;
        if (header != 0)
        {
            Position = header >> 1 < (ulong)back ? (int)(header >> 1) : throw Malformed("a type's name lies ahead");
        }

        string name = ReadString();
        Position = header == 0 ? Position : back;
        return WireTypes.Resolve(name);
    }

    /// <summary>Remembers the object that is being read, before its parts are read, so that they can refer to it.</summary>
    public void Record(object value) => _objects[Start] = value;

    /// <summary>Remembers a reference to a grain.</summary>
    public void Add(GrainReference reference) => (References ??= []).Add(reference);

    /// <summary>Reads the name of an object that came before.</summary>
    public object? ReadSeen<T>()
    {
        ulong offset = ReadVarint();
        if (offset <= int.MaxValue && _objects.TryGetValue((int)offset, out object? seen))
        {
            return seen;
        }

        // It was a part of a member that this side does not know.
        if (_skipped is null || !_skipped.Exists(range => (ulong)range.Begin <= offset && offset < (ulong)range.End))
        {
            throw Malformed("an object is missing");
        }

        int back = Position;
        Position = (int)offset;
        object? late = Codecs.ReadSkipped<T>(this);
        Position = back;
        return _objects.ContainsKey((int)offset) ? late : throw Malformed("an object is none");
    }

    /// <summary>Passes over a member that this side does not know.</summary>
    public void Skip(WireKind kind)
    {
        switch (kind)
        {
            case WireKind.Varint:
                ReadVarint();
                break;
            case WireKind.Fixed1:
                Take(1);
                break;
            case WireKind.Fixed4:
                Take(4);
                break;
            case WireKind.Fixed8:
                Take(8);
                break;
            case WireKind.Fixed16:
                Take(16);
                break;
            case WireKind.Sized:
                int length = ReadFixed();
                (_skipped ??= []).Add((Position, Position + length));
                Take(length);
                break;
            default:
                throw Malformed($"a member of kind {(int)kind}");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Left)
        {
            throw Malformed($"{count} bytes wanted, {Left} left");
        }

        ReadOnlySpan<byte> taken = body.Span.Slice(Position, count);
        Position += count;
        return taken;
    }
}
