namespace NSft.Model.Images;

/// <summary>Bicubic resize of bytes, bit for bit as PIL or torchvision: along rows first, then along columns, rounded to bytes between; only the wanted window of the result is computed.</summary>
internal static class BicubicResampler
{
    /// <summary>Resizes an image and cuts a window out of the result.</summary>
    /// <param name="source">The image.</param>
    /// <param name="size">Size of the whole result.</param>
    /// <param name="window">The part that is wanted, inside the result.</param>
    /// <param name="arithmetic">How weights are rounded.</param>
    /// <returns>The window's pixels.</returns>
    public static RgbImage Resize(FramedImage source, (int Width, int Height) size, PixelWindow window, ResampleArithmetic arithmetic)
    {
        ResampleWeights? columns = size.Width == source.Width ? null : new ResampleWeights(source.Width, size.Width, window.Left, window.Width, arithmetic);
        ResampleWeights? rows = size.Height == source.Height ? null : new ResampleWeights(source.Height, size.Height, window.Top, window.Height, arithmetic);
        int firstRow = rows?.First(0) ?? window.Top;
        int endRow = rows?.End(window.Height - 1) ?? window.Top + window.Height;
        RgbImage middle = ResizeRows(source, columns, window, firstRow, endRow - firstRow);
        return rows is null ? middle : ResizeColumns(middle, rows, firstRow, window.Height);
    }

    private static RgbImage ResizeRows(FramedImage source, ResampleWeights? columns, PixelWindow window, int firstRow, int rowCount)
    {
        var result = new RgbImage(window.Width, rowCount, new byte[window.Width * rowCount * RgbImage.Channels]);
        byte[] row = new byte[source.Width * RgbImage.Channels];
        int barRow = -1;
        for (int y = 0; y < rowCount; y++)
        {
            Span<byte> target = result.Pixels.AsSpan(y * window.Width * RgbImage.Channels, window.Width * RgbImage.Channels);
            bool isBar = source.IsBar(firstRow + y);
            if (isBar && barRow >= 0)
            {
                result.Row(barRow).CopyTo(target);
                continue;
            }

            barRow = isBar ? y : barRow;
            source.CopyRow(firstRow + y, row);
            if (columns is null)
            {
                row.AsSpan(window.Left * RgbImage.Channels, target.Length).CopyTo(target);
            }
            else
            {
                ResizeRow(row, columns, target);
            }
        }

        return result;
    }

    private static void ResizeRow(ReadOnlySpan<byte> row, ResampleWeights columns, Span<byte> target)
    {
        int bits = columns.PrecisionBits;
        for (int x = 0; x * RgbImage.Channels < target.Length; x++)
        {
            ReadOnlySpan<int> weights = columns.Of(x);
            ReadOnlySpan<byte> pixels = row.Slice(columns.First(x) * RgbImage.Channels, weights.Length * RgbImage.Channels);
            int red = 1 << (bits - 1), green = red, blue = red;
            for (int tap = 0, at = 0; tap < weights.Length; tap++, at += RgbImage.Channels)
            {
                int weight = weights[tap];
                red += pixels[at] * weight;
                green += pixels[at + 1] * weight;
                blue += pixels[at + 2] * weight;
            }

            Span<byte> pixel = target.Slice(x * RgbImage.Channels, RgbImage.Channels);
            pixel[0] = ToByte(red, bits);
            pixel[1] = ToByte(green, bits);
            pixel[2] = ToByte(blue, bits);
        }
    }

    private static RgbImage ResizeColumns(RgbImage middle, ResampleWeights rows, int firstRow, int height)
    {
        int rowBytes = middle.Width * RgbImage.Channels;
        byte[] pixels = new byte[height * rowBytes];
        int[] sums = new int[rowBytes];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<int> weights = rows.Of(y);
            Array.Fill(sums, 1 << (rows.PrecisionBits - 1));
            for (int tap = 0; tap < weights.Length; tap++)
            {
                ReadOnlySpan<byte> row = middle.Row(rows.First(y) - firstRow + tap);
                int weight = weights[tap];
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i] * weight;
                }
            }

            for (int i = 0; i < sums.Length; i++)
            {
                pixels[(y * rowBytes) + i] = ToByte(sums[i], rows.PrecisionBits);
            }
        }

        return new RgbImage(middle.Width, height, pixels);
    }

    private static byte ToByte(int fixedPoint, int bits) => (byte)Math.Clamp(fixedPoint >> bits, 0, 255);
}
