using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orleans.Serialization;

/// <summary>The codecs of arrays.</summary>
internal static class ArrayCodecs
{
    /// <summary>Bytes; large blocks travel without a copy.</summary>
    internal sealed class Bytes : Codec<byte[]>
    {
        public override void Write(WireWriter writer, byte[] value) => writer.WriteBlock(value);

        public override byte[] Read(WireReader reader) => reader.ReadBlock();
    }

    /// <summary>Numbers as they lie in memory.</summary>
    internal sealed class Blit<TItem> : Codec<TItem[]>
        where TItem : unmanaged
    {
        public override void Write(WireWriter writer, TItem[] value)
        {
            writer.WriteVarint((ulong)value.Length);
            writer.WriteRaw(MemoryMarshal.AsBytes(value.AsSpan()));
        }

        public override TItem[] Read(WireReader reader)
        {
            int count = reader.ReadCount(Unsafe.SizeOf<TItem>());
            return MemoryMarshal.Cast<byte, TItem>(reader.ReadRaw(count * Unsafe.SizeOf<TItem>())).ToArray();
        }
    }

    /// <summary>Anything.</summary>
    internal sealed class Any<TItem> : Codec<TItem[]>
    {
        public override bool IsTracked => true;

        public override void Write(WireWriter writer, TItem[] value)
        {
            writer.WriteVarint((ulong)value.Length);
            foreach (TItem item in value)
            {
                Codecs.Write(writer, item);
            }
        }

        public override TItem[] Read(WireReader reader)
        {
            TItem[] value = new TItem[reader.ReadCount()];
            reader.Record(value);
            for (int i = 0; i < value.Length; i++)
            {
                value[i] = Codecs.Read<TItem>(reader);
            }

            return value;
        }
    }

    /// <summary>Two and more dimensions, of indices from zero.</summary>
    internal sealed class Ranked<TArray, TItem> : Codec<TArray>
        where TArray : class
    {
        public override bool IsTracked => true;

        public override void Write(WireWriter writer, TArray value)
        {
            Array array = (Array)(object)value;
            for (int d = 0; d < array.Rank; d++)
            {
                if (array.GetLowerBound(d) != 0)
                {
                    throw new SerializerException("An array whose indices do not start at zero cannot travel between processes.");
                }

                writer.WriteVarint((ulong)array.GetLength(d));
            }

            foreach (object? item in array)
            {
                Codecs.Write(writer, (TItem)item!);
            }
        }

        public override TArray Read(WireReader reader)
        {
            int[] lengths = new int[typeof(TArray).GetArrayRank()];
            long total = 1;
            for (int d = 0; d < lengths.Length; d++)
            {
                lengths[d] = checked((int)reader.ReadVarint());
                total = checked(total * lengths[d]);
            }

            if (total > reader.Left)
            {
                throw WireReader.Malformed($"{total} items in {reader.Left} bytes");
            }

            Array array = Array.CreateInstance(typeof(TItem), lengths);
            reader.Record(array);
            int[] at = new int[lengths.Length];
            for (long left = total; left > 0; left--)
            {
                array.SetValue(Codecs.Read<TItem>(reader), at);
                for (int d = at.Length - 1; d >= 0 && ++at[d] == lengths[d]; d--)
                {
                    at[d] = 0;
                }
            }

            return (TArray)(object)array;
        }
    }
}
