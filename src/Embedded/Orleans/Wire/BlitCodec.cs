using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orleans.Serialization;

/// <summary>Values all of whose bit patterns are valid, as they lie in memory.</summary>
internal sealed class BlitCodec<T> : Codec<T>
    where T : unmanaged
{
    public override WireKind Kind => Unsafe.SizeOf<T>() switch
    {
        1 => WireKind.Fixed1,
        4 => WireKind.Fixed4,
        8 => WireKind.Fixed8,
        16 => WireKind.Fixed16,
        _ => WireKind.Sized,
    };

    public override void Write(WireWriter writer, T value) => writer.WriteRaw(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public override T Read(WireReader reader) => MemoryMarshal.Read<T>(reader.ReadRaw(Unsafe.SizeOf<T>()));
}
