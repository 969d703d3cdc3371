using NSft.Model.Images;
using Spectre.Console;

namespace NSft.Client.Datasets;

/// <summary>Draws an image in character cells: an upper half block shows two pixels, one in each colour of the cell.</summary>
internal static class TerminalImage
{
    private const string UpperHalf = "\u2580";

    /// <summary>The image as lines of cells.</summary>
    /// <param name="image">The image.</param>
    /// <param name="columns">Cells in a line, at least 1.</param>
    public static Paragraph Draw(RgbImage image, int columns)
    {
        int width = Math.Min(columns, image.Width);
        int rows = Math.Max(1, (int)Math.Round((double)image.Height * width / image.Width / 2));
        Paragraph drawing = new();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column++)
            {
                Color upper = Mean(image, (column, width), (2 * row, 2 * rows));
                Color lower = Mean(image, (column, width), ((2 * row) + 1, 2 * rows));
                drawing.Append(UpperHalf, new Style(upper, lower));
            }

            drawing.Append("\n");
        }

        return drawing;
    }

    /// <summary>The mean colour of the pixels under one half of a cell.</summary>
    internal static Color Mean(RgbImage image, (int Index, int Count) column, (int Index, int Count) row)
    {
        (int left, int right) = Range(column, image.Width);
        (int top, int bottom) = Range(row, image.Height);
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<byte> pixels = image.Row(y);
            for (int x = left; x < right; x++)
            {
                red += pixels[x * RgbImage.Channels];
                green += pixels[(x * RgbImage.Channels) + 1];
                blue += pixels[(x * RgbImage.Channels) + 2];
            }
        }

        long count = (long)(right - left) * (bottom - top);
        return new Color((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }

    private static (int Start, int End) Range((int Index, int Count) part, int length)
    {
        int start = Math.Min(length - 1, (int)((long)part.Index * length / part.Count));
        return (start, Math.Max(start + 1, (int)((long)(part.Index + 1) * length / part.Count)));
    }
}
