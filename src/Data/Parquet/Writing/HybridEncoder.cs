using System.Runtime.InteropServices;

namespace NSft.Data.Parquet.Writing;

/// <summary>Writes small whole numbers as runs of one value and groups of eight packed bit by bit.</summary>
internal static class HybridEncoder
{
    private const int GroupValues = 8;

    /// <summary>Appends the runs of some numbers.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="bitWidth">Bits of each.</param>
    /// <param name="target">Where the runs go.</param>
    public static void Write(List<int> numbers, int bitWidth, ByteBuffer target)
    {
        ReadOnlySpan<int> rest = CollectionsMarshal.AsSpan(numbers);
        while (!rest.IsEmpty)
        {
            int run = RunLength(rest);
            if (run >= GroupValues)
            {
                WriteRun(rest[0], run, bitWidth, target);
                rest = rest[run..];
                continue;
            }

            int packed = PackedLength(rest);
            WritePacked(rest[..packed], bitWidth, target);
            rest = rest[packed..];
        }
    }

    private static int RunLength(ReadOnlySpan<int> numbers)
    {
        int end = numbers.IndexOfAnyExcept(numbers[0]);
        return end < 0 ? numbers.Length : end;
    }

    // Groups are packed until a run of a whole group begins; only the last group of all may be filled up with zeros.
    private static int PackedLength(ReadOnlySpan<int> numbers)
    {
        int length = GroupValues;
        while (length < numbers.Length && RunLength(numbers[length..Math.Min(numbers.Length, length + GroupValues)]) < GroupValues)
        {
            length += GroupValues;
        }

        return Math.Min(length, numbers.Length);
    }

    private static void WriteRun(int value, int count, int bitWidth, ByteBuffer target)
    {
        target.AddVarint((uint)count << 1);
        for (int shift = 0; shift < bitWidth; shift += 8)
        {
            target.Add((byte)(value >> shift));
        }
    }

    private static void WritePacked(ReadOnlySpan<int> numbers, int bitWidth, ByteBuffer target)
    {
        int groups = (numbers.Length + GroupValues - 1) / GroupValues;
        target.AddVarint(((uint)groups << 1) | 1);
        ulong bits = 0;
        int held = 0;
        for (int index = 0; index < groups * GroupValues; index++)
        {
            ulong number = index < numbers.Length ? (uint)numbers[index] : 0;
            bits |= number << held;
            for (held += bitWidth; held >= 8; held -= 8)
            {
                target.Add((byte)bits);
                bits >>= 8;
            }
        }
    }
}
