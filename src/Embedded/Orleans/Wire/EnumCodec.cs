using System.Runtime.CompilerServices;

namespace Orleans.Serialization;

/// <summary>Enums as numbers.</summary>
internal sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    public override WireKind Kind => WireKind.Varint;

    public override void Write(WireWriter writer, T value) => writer.WriteVarint(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<T, byte>(value),
        2 => Unsafe.BitCast<T, ushort>(value),
        4 => Unsafe.BitCast<T, uint>(value),
        _ => Unsafe.BitCast<T, ulong>(value),
    });

    public override T Read(WireReader reader)
    {
        ulong number = reader.ReadVarint();
        return Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<byte, T>(checked((byte)number)),
            2 => Unsafe.BitCast<ushort, T>(checked((ushort)number)),
            4 => Unsafe.BitCast<uint, T>(checked((uint)number)),
            _ => Unsafe.BitCast<ulong, T>(number),
        };
    }
}
