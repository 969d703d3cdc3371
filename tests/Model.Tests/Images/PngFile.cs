using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NSft.Model.Tests.Images;

/// <summary>Writes PNG files of any kind from rows that already hold their filter byte.</summary>
internal static class PngFile
{
    public static byte[] Make(int width, int height, byte depth, byte colorType, byte[] rows, byte[]? palette = null, bool interlaced = false)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colorType, (byte)(interlaced ? 1 : 0));
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        byte[] data = compressed.ToArray();
        return
        [
            0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. palette is null ? [] : Chunk("PLTE", palette), .. Chunk("tEXt", "k\0v"u8),
            .. Chunk("IDAT", data.AsSpan(0, 3)), .. Chunk("IDAT", data.AsSpan(3)), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, ReadOnlySpan<byte> content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        byte[] check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Check(body));
        return [.. length, .. body, .. check];
    }

    private static uint Check(byte[] bytes)
    {
        uint check = uint.MaxValue;
        foreach (byte value in bytes)
        {
            check ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                check = (check & 1) != 0 ? 0xEDB88320 ^ (check >> 1) : check >> 1;
            }
        }

        return ~check;
    }
}
