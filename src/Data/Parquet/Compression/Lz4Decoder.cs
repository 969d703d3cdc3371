namespace NSft.Data.Parquet.Compression;

/// <summary>Decompresses raw LZ4 blocks: literals, each followed by a copy of what was written before.</summary>
internal static class Lz4Decoder
{
    // A byte of a length stands for at most 255 bytes.
    private const int LargestRatio = 256;
    private const int ShortestMatch = 4;
    private const int MoreFollows = 15;

    /// <summary>Decompresses a block.</summary>
    /// <param name="source">The block.</param>
    /// <param name="length">Bytes that it must yield.</param>
    /// <exception cref="ParquetFormatException">The block is broken or has another length.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> source, int length)
    {
        if (length / LargestRatio > source.Length)
        {
            throw new ParquetFormatException("an LZ4 block does not have the length that its page says");
        }

        byte[] target = new byte[length];
        int position = 0;
        int written = 0;
        while (position < source.Length)
        {
            byte token = source[position++];
            int literal = ReadLength(source, ref position, token >> 4);
            if (literal > source.Length - position || literal > length - written)
            {
                throw new ParquetFormatException("an LZ4 literal is longer than its block");
            }

            source.Slice(position, literal).CopyTo(target.AsSpan(written));
            position += literal;
            written += literal;
            if (position < source.Length)
            {
                CopyEarlier(source, ref position, token & MoreFollows, target, ref written);
            }
        }

        return written == length ? target : throw ParquetFormatException.End("an LZ4 block");
    }

    private static void CopyEarlier(ReadOnlySpan<byte> source, ref int position, int code, byte[] target, ref int written)
    {
        if (source.Length - position < sizeof(ushort))
        {
            throw ParquetFormatException.End("an LZ4 block");
        }

        int distance = source[position] | (source[position + 1] << 8);
        position += sizeof(ushort);
        int length = ReadLength(source, ref position, code);
        if (distance == 0 || distance > written || length > target.Length - written - ShortestMatch)
        {
            throw new ParquetFormatException("an LZ4 copy reaches outside of its block");
        }

        // Source and target may overlap: the copy then repeats what it has just written.
        for (int end = written + length + ShortestMatch; written < end; written++)
        {
            target[written] = target[written - distance];
        }
    }

    private static int ReadLength(ReadOnlySpan<byte> source, ref int position, int code)
    {
        long length = code;
        byte more = code == MoreFollows ? byte.MaxValue : (byte)0;
        while (more == byte.MaxValue)
        {
            more = position < source.Length ? source[position++] : throw ParquetFormatException.End("an LZ4 block");
            length += more;
        }

        return length <= int.MaxValue ? (int)length : throw new ParquetFormatException("an LZ4 length does not fit 31 bits");
    }
}
