using System.Text;

namespace NSft.Data.Parquet.Thrift;

/// <summary>Reads the Thrift compact protocol from bytes that may be anything; each read is bounds-checked.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int DeepestNesting = 32;
    private const int LongestVarint = 10;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The next field of a struct.</summary>
    /// <param name="id">Id of the field before, 0 at the start; becomes this field's id.</param>
    /// <param name="type">Its type.</param>
    /// <returns>False at the end of the struct.</returns>
    public bool ReadField(ref int id, out CompactType type)
    {
        byte header = ReadByte();
        type = Known(header & 15);
        if (type == CompactType.Stop)
        {
            return false;
        }

        int delta = header >> 4;
        id = delta == 0 ? ReadInt32() : id + delta;
        return true;
    }

    /// <summary>The number of elements of a list, at most one a byte that is left.</summary>
    public int ReadList(CompactType type, CompactType element)
    {
        Require(type, CompactType.List);
        byte header = ReadByte();
        int count = header >> 4 == 15 ? Count(ReadVarint()) : header >> 4;
        CompactType found = Known(header & 15);
        if (count > _bytes.Length - Position)
        {
            throw ParquetFormatException.End("a list");
        }

        if (count > 0)
        {
            Require(found, element);
        }

        return count;
    }

    /// <summary>A whole number of any width that fits 32 bits.</summary>
    public int ReadInt32(CompactType type) => Narrow(ReadInt64(type));

    /// <summary>A whole number of any width.</summary>
    public long ReadInt64(CompactType type)
    {
        if (type == CompactType.Byte)
        {
            return (sbyte)ReadByte();
        }

        if (type is not (CompactType.Int16 or CompactType.Int32 or CompactType.Int64))
        {
            throw new ParquetFormatException($"a whole number is of type {type}");
        }

        return ReadZigZag();
    }

    /// <summary>A truth value, which stands in the field's type.</summary>
    public static bool ReadBoolean(CompactType type) => type switch
    {
        CompactType.True => true,
        CompactType.False => false,
        _ => throw new ParquetFormatException($"a truth value is of type {type}"),
    };

    /// <summary>Bytes with their length in front.</summary>
    public ReadOnlySpan<byte> ReadBinary(CompactType type)
    {
        Require(type, CompactType.Binary);
        return Take(Count(ReadVarint()));
    }

    /// <summary>UTF-8 text; what is not UTF-8 is replaced.</summary>
    public string ReadText(CompactType type) => Encoding.UTF8.GetString(ReadBinary(type));

    /// <summary>Passes over a value.</summary>
    public void Skip(CompactType type) => Skip(type, DeepestNesting);

    /// <summary>Passes over a value and returns its bytes as they are.</summary>
    public byte[] ReadRaw(CompactType type)
    {
        int start = Position;
        Skip(type);
        return _bytes[start..Position].ToArray();
    }

    /// <summary>Fails unless a value has the type that the format gives it.</summary>
    public static void Require(CompactType found, CompactType expected)
    {
        if (found != expected)
        {
            throw new ParquetFormatException($"a value of type {expected} is of type {found}");
        }
    }

    private static CompactType Known(int code) => code <= (int)CompactType.Uuid ? (CompactType)code : throw new ParquetFormatException("an unknown Thrift type");

    private static int Narrow(long value) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new ParquetFormatException("a number does not fit 32 bits");

    private static int Count(ulong value) => value <= int.MaxValue ? (int)value : throw new ParquetFormatException("a length does not fit 31 bits");

    private int ReadInt32() => Narrow(ReadZigZag());

    private long ReadZigZag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int index = 0; index < LongestVarint; index++)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 127) << (7 * index);
            if (next < 128)
            {
                return value;
            }
        }

        throw new ParquetFormatException("a number of more than ten bytes");
    }

    private byte ReadByte() => Position < _bytes.Length ? _bytes[Position++] : throw ParquetFormatException.End("a Thrift structure");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position)
        {
            throw ParquetFormatException.End("a Thrift structure");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    private void Skip(CompactType type, int depth)
    {
        if (depth == 0)
        {
            throw new ParquetFormatException("a Thrift structure is nested too deeply");
        }

        switch (type)
        {
            case CompactType.True or CompactType.False:
                break;
            case CompactType.Byte:
                ReadByte();
                break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                ReadVarint();
                break;
            case CompactType.Double:
                Take(sizeof(double));
                break;
            case CompactType.Uuid:
                Take(16);
                break;
            case CompactType.Binary:
                Take(Count(ReadVarint()));
                break;
            case CompactType.List or CompactType.Set:
                SkipList(depth);
                break;
            case CompactType.Map:
                SkipMap(depth);
                break;
            default:
                SkipStruct(depth);
                break;
        }
    }

    private void SkipStruct(int depth)
    {
        int id = 0;
        while (ReadField(ref id, out CompactType type))
        {
            Skip(type, depth - 1);
        }
    }

    private void SkipList(int depth)
    {
        byte header = ReadByte();
        int count = header >> 4 == 15 ? Count(ReadVarint()) : header >> 4;
        SkipElements(Known(header & 15), count, depth);
    }

    private void SkipMap(int depth)
    {
        int count = Count(ReadVarint());
        if (count == 0)
        {
            return;
        }

        byte types = ReadByte();
        for (int index = 0; index < count; index++)
        {
            SkipElements(Known(types >> 4), 1, depth);
            SkipElements(Known(types & 15), 1, depth);
        }
    }

    // Truth values have no field header in a list or map, so each takes a byte there.
    private void SkipElements(CompactType type, int count, int depth)
    {
        for (int index = 0; index < count; index++)
        {
            Skip(type is CompactType.True or CompactType.False or CompactType.Stop ? CompactType.Byte : type, depth - 1);
        }
    }
}
