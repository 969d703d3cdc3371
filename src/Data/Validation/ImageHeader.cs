using System.Buffers.Binary;

namespace NSft.Data.Validation;

/// <summary>Reads what an image file's first bytes say of its kind and colours.</summary>
public static class ImageHeader
{
    private const string Unknown = "unknown";

    /// <summary>The mode of a JPEG or PNG file as PIL names it, or <c>unknown</c>.</summary>
    public static string ModeOf(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xD8, ..] => JpegMode(file),
        [0x89, 0x50, 0x4E, 0x47, ..] when file.Length > 25 => PngMode(file[24], file[25]),
        _ => Unknown,
    };

    /// <summary>The kind of file, for files that are neither JPEG nor PNG; null when it is not known.</summary>
    public static string? KindOf(ReadOnlySpan<byte> file) => file switch
    {
        [] => "an empty file",
        [(byte)'G', (byte)'I', (byte)'F', ..] => "a GIF image",
        [(byte)'B', (byte)'M', ..] => "a BMP image",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP image",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF image",
        [(byte)'<', ..] => "an HTML or XML text, perhaps the error page of a download",
        [(byte)'v', (byte)'e', (byte)'r', (byte)'s', (byte)'i', (byte)'o', (byte)'n', ..] => "a Git LFS pointer: the image itself was not fetched",
        _ => null,
    };

    private static string PngMode(byte depth, byte colorType) => (colorType, depth) switch
    {
        (0, 1) => "1",
        (0, 16) => "I;16",
        (0, _) => "L",
        (2, _) => "RGB",
        (3, _) => "P",
        (4, _) => "LA",
        (6, _) => "RGBA",
        _ => Unknown,
    };

    // A JPEG file is a chain of segments: FF, kind, length; a frame's header holds the number of components.
    private static string JpegMode(ReadOnlySpan<byte> file)
    {
        int position = 2;
        while (position + 9 < file.Length && file[position] == 0xFF)
        {
            byte kind = file[position + 1];
            if (kind == 0xFF)
            {
                position++;
                continue;
            }

            bool isFrame = kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame)
            {
                return file[position + 9] switch
                {
                    1 => "L",
                    3 => "RGB",
                    4 => "CMYK",
                    _ => Unknown,
                };
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(position + 2)..]);
        }

        return Unknown;
    }
}
