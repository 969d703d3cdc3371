using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace NSft.Data.Parquet.Compression;

/// <summary>Compresses into raw Snappy blocks: finds repeats through a table of four-byte hashes.</summary>
internal static class SnappyEncoder
{
    // Repeats are looked for within fragments, so that distances fit two bytes.
    private const int FragmentBytes = 1 << 16;
    private const int HashBits = 14;
    private const int ShortestMatch = 4;
    private const int LongestCopy = 64;

    /// <summary>Compresses a block.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> source)
    {
        ArrayBufferWriter<byte> target = new((source.Length / 2) + 16);
        WriteLength(target, (uint)source.Length);
        ushort[] table = new ushort[1 << HashBits];
        for (int start = 0; start < source.Length; start += FragmentBytes)
        {
            EncodeFragment(source.Slice(start, Math.Min(FragmentBytes, source.Length - start)), table, target);
        }

        return target.WrittenSpan.ToArray();
    }

    private static void EncodeFragment(ReadOnlySpan<byte> source, ushort[] table, ArrayBufferWriter<byte> target)
    {
        Array.Clear(table);
        int literalStart = 0;
        int position = 1;
        int misses = 0;
        while (position + ShortestMatch <= source.Length)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(source[position..]);
            ref ushort slot = ref table[(word * 0x1E35A7BDu) >> (32 - HashBits)];
            int candidate = slot;
            slot = (ushort)position;
            if (candidate >= position || BinaryPrimitives.ReadUInt32LittleEndian(source[candidate..]) != word)
            {
                // Bytes that do not repeat, such as those of a JPEG file, are passed over in growing steps.
                position += 1 + (misses++ >> 5);
                continue;
            }

            misses = 0;
            WriteLiteral(source[literalStart..position], target);
            int length = ShortestMatch + source[(position + ShortestMatch)..].CommonPrefixLength(source[(candidate + ShortestMatch)..]);
            WriteCopies(position - candidate, length, target);
            position += length;
            literalStart = position;
        }

        WriteLiteral(source[literalStart..], target);
    }

    private static void WriteLiteral(ReadOnlySpan<byte> literal, ArrayBufferWriter<byte> target)
    {
        if (literal.IsEmpty)
        {
            return;
        }

        uint count = (uint)literal.Length - 1;
        if (count < 60)
        {
            target.Write([(byte)(count << 2)]);
        }
        else
        {
            int bytes = (BitOperations.Log2(count) / 8) + 1;
            Span<byte> number = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(number, count);
            target.Write([(byte)((59 + bytes) << 2)]);
            target.Write(number[..bytes]);
        }

        target.Write(literal);
    }

    private static void WriteCopies(int distance, int length, ArrayBufferWriter<byte> target)
    {
        while (length > 0)
        {
            int part = Math.Min(length, LongestCopy);
            target.Write([(byte)(((part - 1) << 2) | 2), (byte)distance, (byte)(distance >> 8)]);
            length -= part;
        }
    }

    private static void WriteLength(ArrayBufferWriter<byte> target, uint length)
    {
        while (length >= 128)
        {
            target.Write([(byte)(length | 128)]);
            length >>= 7;
        }

        target.Write([(byte)length]);
    }
}
