using System.Buffers.Binary;

namespace NSft.Data.Parquet.Compression;

/// <summary>Decompresses raw Snappy blocks: literals and copies of what was written before.</summary>
internal static class SnappyDecoder
{
    // A copy of three bytes yields at most 64, so a block cannot be larger than this many times its compressed size.
    private const int LargestRatio = 64;

    /// <summary>Decompresses a block.</summary>
    /// <param name="source">The block: its length, then its elements.</param>
    /// <param name="length">Bytes that the block must have.</param>
    /// <exception cref="ParquetFormatException">The block is broken or has another length.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> source, int length)
    {
        int position = 0;
        if (ReadLength(source, ref position) != (uint)length || length / LargestRatio > source.Length)
        {
            throw new ParquetFormatException("a Snappy block does not have the length that its page says");
        }

        byte[] target = new byte[length];
        int written = 0;
        while (position < source.Length)
        {
            byte tag = source[position++];
            if ((tag & 3) == 0)
            {
                CopyLiteral(source, ref position, tag >> 2, target, ref written);
            }
            else
            {
                CopyEarlier(source, ref position, tag, target, ref written);
            }
        }

        return written == length ? target : throw ParquetFormatException.End("a Snappy block");
    }

    private static uint ReadLength(ReadOnlySpan<byte> source, ref int position)
    {
        uint length = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = position < source.Length ? source[position++] : throw ParquetFormatException.End("a Snappy block");
            length |= (uint)(next & 127) << shift;
            if (next < 128)
            {
                return length;
            }
        }

        throw new ParquetFormatException("a Snappy block's length is broken");
    }

    private static void CopyLiteral(ReadOnlySpan<byte> source, ref int position, int code, byte[] target, ref int written)
    {
        uint count = (uint)code;
        if (code >= 60)
        {
            count = ReadSmall(source, ref position, code - 59);
        }

        if (count >= (uint)(source.Length - position) || count >= (uint)(target.Length - written))
        {
            throw new ParquetFormatException("a Snappy literal is longer than its block");
        }

        int length = (int)count + 1;
        source.Slice(position, length).CopyTo(target.AsSpan(written));
        position += length;
        written += length;
    }

    private static void CopyEarlier(ReadOnlySpan<byte> source, ref int position, byte tag, byte[] target, ref int written)
    {
        int length;
        uint distance;
        if ((tag & 3) == 1)
        {
            length = ((tag >> 2) & 7) + 4;
            distance = ((uint)(tag >> 5) << 8) | ReadSmall(source, ref position, 1);
        }
        else
        {
            length = (tag >> 2) + 1;
            distance = ReadSmall(source, ref position, (tag & 3) == 2 ? 2 : 4);
        }

        if (distance == 0 || distance > (uint)written || length > target.Length - written)
        {
            throw new ParquetFormatException("a Snappy copy reaches outside of its block");
        }

        CopyWithin(target, written, (int)distance, length);
        written += length;
    }

    private static void CopyWithin(byte[] target, int written, int distance, int length)
    {
        if (distance >= length)
        {
            target.AsSpan(written - distance, length).CopyTo(target.AsSpan(written));
            return;
        }

        // Source and target overlap: the copy repeats what it has just written.
        for (int index = 0; index < length; index++)
        {
            target[written + index] = target[written - distance + index];
        }
    }

    private static uint ReadSmall(ReadOnlySpan<byte> source, ref int position, int bytes)
    {
        if (bytes > source.Length - position)
        {
            throw ParquetFormatException.End("a Snappy block");
        }

        Span<byte> number = stackalloc byte[sizeof(uint)];
        number.Clear();
        source.Slice(position, bytes).CopyTo(number);
        position += bytes;
        return BinaryPrimitives.ReadUInt32LittleEndian(number);
    }
}
