using System.Runtime.InteropServices;

namespace Orleans.Serialization;

/// <summary>The codecs of types that show a part of an array: the part travels as an array. Bytes go without a copy.</summary>
internal static class BlockCodecs
{
    internal sealed class ReadOnlyMemory<TItem> : Codec<System.ReadOnlyMemory<TItem>>
    {
        public override void Write(WireWriter writer, System.ReadOnlyMemory<TItem> value) => WritePart(writer, value);

        public override System.ReadOnlyMemory<TItem> Read(WireReader reader) => Codecs.Read<TItem[]>(reader);
    }

    internal sealed class Memory<TItem> : Codec<System.Memory<TItem>>
    {
        public override void Write(WireWriter writer, System.Memory<TItem> value) => WritePart<TItem>(writer, value);

        public override System.Memory<TItem> Read(WireReader reader) => Codecs.Read<TItem[]>(reader);
    }

    internal sealed class ArraySegment<TItem> : Codec<System.ArraySegment<TItem>>
    {
        public override void Write(WireWriter writer, System.ArraySegment<TItem> value)
        {
            if (value.Array is null)
            {
                writer.WriteByte((byte)WireTag.Null);
            }
            else
            {
                WritePart<TItem>(writer, value);
            }
        }

        public override System.ArraySegment<TItem> Read(WireReader reader) => Codecs.Read<TItem[]?>(reader) is { } array ? new(array) : default;
    }

    internal sealed class ImmutableArray<TItem> : Codec<System.Collections.Immutable.ImmutableArray<TItem>>
    {
        public override void Write(WireWriter writer, System.Collections.Immutable.ImmutableArray<TItem> value)
        {
            if (value.IsDefault)
            {
                writer.WriteByte((byte)WireTag.Null);
            }
            else
            {
                WritePart(writer, value.AsMemory());
            }
        }

        public override System.Collections.Immutable.ImmutableArray<TItem> Read(WireReader reader) => ImmutableCollectionsMarshal.AsImmutableArray(Codecs.Read<TItem[]?>(reader));
    }

    private static void WritePart<TItem>(WireWriter writer, System.ReadOnlyMemory<TItem> part)
    {
        writer.WriteByte((byte)WireTag.Exact);
        if (typeof(TItem) == typeof(byte))
        {
            writer.WriteBlock((System.ReadOnlyMemory<byte>)(object)part);
        }
        else
        {
            Codecs.For(typeof(TItem[])).WriteObject(writer, part.ToArray());
        }
    }
}
