using System.Buffers.Binary;

namespace NSft.Data.Parquet.Encodings;

/// <summary>Reads numbers that start and end within bytes, lowest bits first.</summary>
internal static class BitReader
{
    /// <summary>The number at a bit; bits above its width are whatever follows it.</summary>
    /// <param name="bytes">The bytes; the caller has checked that the number lies within.</param>
    /// <param name="bit">Where it starts.</param>
    /// <param name="width">Its bits, at most 64.</param>
    public static ulong Read(ReadOnlySpan<byte> bytes, long bit, int width)
    {
        int first = (int)(bit >> 3);
        int shift = (int)(bit & 7);
        if (first + sizeof(ulong) < bytes.Length)
        {
            ulong low = BinaryPrimitives.ReadUInt64LittleEndian(bytes[first..]) >> shift;
            return shift == 0 ? low : low | ((ulong)bytes[first + sizeof(ulong)] << (64 - shift));
        }

        ulong value = 0;
        int end = (int)((bit + width + 7) >> 3);
        for (int index = first; index < end; index++)
        {
            int place = (8 * (index - first)) - shift;
            value |= place >= 0 ? (ulong)bytes[index] << place : (ulong)bytes[index] >> -place;
        }

        return value;
    }
}
