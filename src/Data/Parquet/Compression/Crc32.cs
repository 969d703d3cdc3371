namespace NSft.Data.Parquet.Compression;

/// <summary>The check sum of pages: the CRC-32 that gzip uses.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Lanes = 8;

    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The check sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        int index = 0;
        for (; index + Lanes <= bytes.Length; index += Lanes)
        {
            ReadOnlySpan<byte> eight = bytes.Slice(index, Lanes);
            sum = Tables[7][(byte)(sum ^ eight[0])] ^ Tables[6][(byte)((sum >> 8) ^ eight[1])]
                ^ Tables[5][(byte)((sum >> 16) ^ eight[2])] ^ Tables[4][(byte)((sum >> 24) ^ eight[3])]
                ^ Tables[3][eight[4]] ^ Tables[2][eight[5]] ^ Tables[1][eight[6]] ^ Tables[0][eight[7]];
        }

        for (; index < bytes.Length; index++)
        {
            sum = Tables[0][(byte)(sum ^ bytes[index])] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Lanes).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint sum = value;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial;
            }

            tables[0][value] = sum;
        }

        for (int lane = 1; lane < Lanes; lane++)
        {
            for (int value = 0; value < 256; value++)
            {
                uint before = tables[lane - 1][value];
                tables[lane][value] = tables[0][(byte)before] ^ (before >> 8);
            }
        }

        return tables;
    }
}
