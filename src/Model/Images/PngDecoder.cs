using System.IO.Compression;
using NSft.Collectives;

namespace NSft.Model.Images;

/// <summary>Decodes PNG images of every kind to RGB as PIL's convert("RGB") does.</summary>
/// <remarks>Source: PNG specification, third edition. PIL's rules: alpha is dropped, 16-bit colour keeps its high byte, 16-bit grey saturates at 255.</remarks>
internal static class PngDecoder
{
    private static readonly (int X, int Y, int StepX, int StepY)[] WholeImage = [(0, 0, 1, 1)];

    private static readonly (int X, int Y, int StepX, int StepY)[] InterlacePasses =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public static RgbImage Decode(string path, byte[] file)
    {
        PngChunks chunks = PngChunks.Read(path, file);
        if (chunks.ColorType == 3 && (chunks.Palette.Length == 0 || chunks.Palette.Length % RgbImage.Channels != 0))
        {
            throw new UserInputException($"{path}: the PNG image is damaged: its palette has {chunks.Palette.Length} bytes.");
        }

        try
        {
            using var stream = new ZLibStream(new MemoryStream(chunks.Data), CompressionMode.Decompress);
            RgbImage image = ReadPixels(chunks, stream);

            // One step beyond the pixels makes the decompressor compare the stream's checksum.
            _ = stream.ReadByte();
            return image;
        }
        catch (EndOfStreamException error)
        {
            throw new UserInputException($"{path}: the PNG image is truncated: its pixels end early.", error);
        }
        catch (InvalidDataException error)
        {
            throw new UserInputException($"{path}: the PNG image is damaged: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static RgbImage ReadPixels(PngChunks chunks, ZLibStream stream)
    {
        var image = new RgbImage(chunks.Width, chunks.Height, new byte[chunks.Width * chunks.Height * RgbImage.Channels]);
        var samples = new PngSamples(chunks);
        foreach ((int x, int y, int stepX, int stepY) in chunks.IsInterlaced ? InterlacePasses : WholeImage)
        {
            int width = (chunks.Width - x + stepX - 1) / stepX;
            int height = (chunks.Height - y + stepY - 1) / stepY;
            if (width <= 0 || height <= 0)
            {
                continue;
            }

            int rowBytes = samples.RowBytes(width);
            byte[] current = new byte[rowBytes];
            byte[] previous = new byte[rowBytes];
            for (int row = 0; row < height; row++)
            {
                int filter = stream.ReadByte();
                stream.ReadExactly(current);
                Unfilter(filter, current, previous, samples.PixelBytes);
                int start = (((y + (row * stepY)) * chunks.Width) + x) * RgbImage.Channels;
                samples.ToRgb(current, width, image.Pixels.AsSpan(start), stepX * RgbImage.Channels);
                (current, previous) = (previous, current);
            }
        }

        return image;
    }

    private static void Unfilter(int filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = pixelBytes; i < row.Length; i++)
                {
                    row[i] += row[i - pixelBytes];
                }

                break;
            case 2:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (int i = 0; i < row.Length; i++)
                {
                    int left = i >= pixelBytes ? row[i - pixelBytes] : 0;
                    row[i] += (byte)((left + above[i]) / 2);
                }

                break;
            case 4:
                for (int i = 0; i < row.Length; i++)
                {
                    bool hasLeft = i >= pixelBytes;
                    row[i] += hasLeft ? Paeth(row[i - pixelBytes], above[i], above[i - pixelBytes]) : above[i];
                }

                break;
            case -1:
                throw new EndOfStreamException();
            default:
                throw new InvalidDataException($"a row has the unknown filter {filter}.");
        }
    }

    private static byte Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        int toLeft = Math.Abs(estimate - left);
        int toAbove = Math.Abs(estimate - above);
        int toCorner = Math.Abs(estimate - corner);
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
