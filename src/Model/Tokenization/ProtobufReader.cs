using System.Buffers.Binary;
using System.Text;

namespace NSft.Model.Tokenization;

/// <summary>Walks the fields of one protobuf message.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int VarintWire = 0;
    private const int Fixed64Wire = 1;
    private const int BytesWire = 2;
    private const int Fixed32Wire = 5;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = message;
    private int _wire = -1;
    private ulong _number;
    private ReadOnlySpan<byte> _bytes = default;

    /// <summary>Number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>Steps to the next field.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a protobuf message.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong key = Varint();
        Field = key >> 3 is > 0 and < 1 << 29 ? (int)(key >> 3) : throw new InvalidDataException("a field number is out of range");
        _wire = (int)(key & 7);
        switch (_wire)
        {
            case VarintWire:
                _number = Varint();
                break;
            case Fixed64Wire:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Fixed32Wire:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case BytesWire:
                _bytes = Take(Varint());
                break;
            default:
                throw new InvalidDataException($"a field has the wire type {_wire}");
        }

        return true;
    }

    public readonly int Integer() => Is(VarintWire) ? unchecked((int)_number) : 0;

    public readonly bool Flag() => Is(VarintWire) && _number != 0;

    public readonly float Single() => Is(Fixed32Wire) ? BitConverter.UInt32BitsToSingle((uint)_number) : 0;

    public readonly ReadOnlySpan<byte> Bytes() => Is(BytesWire) ? _bytes : default;

    public readonly string Text()
    {
        try
        {
            return StrictUtf8.GetString(Bytes());
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"field {Field} is not UTF-8", error);
        }
    }

    private readonly bool Is(int wire) => _wire == wire ? true : throw new InvalidDataException($"field {Field} has the wire type {_wire} instead of {wire}");

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number is longer than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw new InvalidDataException("a field ends beyond the message");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
