using System.Buffers.Binary;
using System.Text;
using NSft.Collectives;

namespace NSft.Model.Images;

/// <summary>The parts of a PNG file that make up its pixels.</summary>
internal sealed class PngChunks
{
    private const int PrefixBytes = 8;
    private const int CheckBytes = 4;
    private const int HeaderBytes = 13;
    private static readonly uint[] CheckTable = MakeCheckTable();

    private PngChunks(int width, int height, byte depth, byte colorType, bool isInterlaced)
    {
        Width = width;
        Height = height;
        Depth = depth;
        ColorType = colorType;
        IsInterlaced = isInterlaced;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bits of one sample: 1, 2, 4, 8 or 16.</summary>
    public byte Depth { get; }

    /// <summary>0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha.</summary>
    public byte ColorType { get; }

    public bool IsInterlaced { get; }

    /// <summary>Palette, three bytes an entry; empty when there is none.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>The zlib stream of the pixels.</summary>
    public byte[] Data { get; private set; } = [];

    public static bool HasSignature(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static PngChunks Read(string path, byte[] file)
    {
        PngChunks? image = null;
        using var data = new MemoryStream(file.Length);
        int position = Signature.Length;
        while (true)
        {
            ReadOnlySpan<byte> content = NextChunk(path, file, ref position, out string name);
            if (image is null != (name == "IHDR"))
            {
                throw Damaged(path, $"chunk {name} is out of place");
            }

            switch (name)
            {
                case "IHDR":
                    image = ReadHeader(path, content);
                    break;
                case "PLTE":
                    image!.Palette = content.ToArray();
                    break;
                case "IDAT":
                    data.Write(content);
                    break;
                case "IEND":
                    image!.Data = data.ToArray();
                    return image;
                default:
                    break;
            }
        }
    }

    private static ReadOnlySpan<byte> NextChunk(string path, byte[] file, ref int position, out string name)
    {
        ReadOnlySpan<byte> rest = file.AsSpan(position);
        uint length = rest.Length >= PrefixBytes ? BinaryPrimitives.ReadUInt32BigEndian(rest) : 0;
        if (rest.Length < PrefixBytes + CheckBytes || length > rest.Length - PrefixBytes - CheckBytes)
        {
            throw new UserInputException($"{path}: the PNG image is truncated: a chunk at byte {position} needs {PrefixBytes + CheckBytes + (long)length} bytes, found {rest.Length}.");
        }

        name = Encoding.Latin1.GetString(rest[4..8]);
        ReadOnlySpan<byte> content = rest.Slice(PrefixBytes, (int)length);
        bool isCritical = char.IsAsciiLetterUpper(name[0]);
        if (isCritical && BinaryPrimitives.ReadUInt32BigEndian(rest[(PrefixBytes + (int)length)..]) != Check(rest.Slice(4, 4 + (int)length)))
        {
            throw Damaged(path, $"the checksum of chunk {name} at byte {position} is wrong");
        }

        position += PrefixBytes + (int)length + CheckBytes;
        return content;
    }

    private static PngChunks ReadHeader(string path, ReadOnlySpan<byte> content)
    {
        if (content.Length != HeaderBytes)
        {
            throw Damaged(path, "its header has the wrong length");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(content);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        ImageLimits.Check(path, width, height);
        (byte depth, byte colorType) = (content[8], content[9]);
        bool isKnown = colorType switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        return isKnown && content[10] == 0 && content[11] == 0 && content[12] <= 1
            ? new PngChunks((int)width, (int)height, depth, colorType, content[12] == 1)
            : throw Damaged(path, $"its header asks for depth {depth}, colour type {colorType}, methods {content[10]}, {content[11]}, {content[12]}");
    }

    private static UserInputException Damaged(string path, string reason) => new($"{path}: the PNG image is damaged: {reason}.");

    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        uint check = uint.MaxValue;
        foreach (byte value in bytes)
        {
            check = CheckTable[(byte)(check ^ value)] ^ (check >> 8);
        }

        return ~check;
    }

    private static uint[] MakeCheckTable()
    {
        const uint Polynomial = 0xEDB88320;
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
