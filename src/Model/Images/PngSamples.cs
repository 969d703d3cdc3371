namespace NSft.Model.Images;

/// <summary>How a PNG row's samples become red, green and blue.</summary>
internal sealed class PngSamples
{
    private const int GreyType = 0;
    private const int PaletteType = 3;

    private readonly byte[] _colors = [];
    private readonly int _depth;
    private readonly int _channels;

    public PngSamples(PngChunks chunks)
    {
        _depth = chunks.Depth;
        _channels = chunks.ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        PixelBytes = Math.Max(1, _channels * _depth / 8);
        if (_depth <= 8 && chunks.ColorType is GreyType or PaletteType)
        {
            _colors = chunks.ColorType == GreyType ? Ramp(_depth) : FullPalette(chunks.Palette);
        }
    }

    /// <summary>Distance to the byte on the left that filters refer to.</summary>
    public int PixelBytes { get; }

    /// <summary>Bytes of a row without its filter byte.</summary>
    public int RowBytes(int width) => (int)((((long)width * _channels * _depth) + 7) / 8);

    /// <summary>Writes a row's pixels, each <paramref name="step"/> bytes after the one before.</summary>
    public void ToRgb(ReadOnlySpan<byte> row, int width, Span<byte> target, int step)
    {
        if (_channels == RgbImage.Channels && _depth == 8 && step == RgbImage.Channels)
        {
            row.CopyTo(target);
            return;
        }

        for (int i = 0; i < width; i++)
        {
            (byte red, byte green, byte blue) = _colors.Length > 0 ? Indexed(row, i) : Direct(row, i * PixelBytes);
            Span<byte> pixel = target.Slice(i * step, RgbImage.Channels);
            pixel[0] = red;
            pixel[1] = green;
            pixel[2] = blue;
        }
    }

    private (byte Red, byte Green, byte Blue) Indexed(ReadOnlySpan<byte> row, int pixel)
    {
        int bit = pixel * _depth;
        int value = (row[bit >> 3] >> (8 - _depth - (bit & 7))) & ((1 << _depth) - 1);
        ReadOnlySpan<byte> color = _colors.AsSpan(value * RgbImage.Channels, RgbImage.Channels);
        return (color[0], color[1], color[2]);
    }

    private (byte Red, byte Green, byte Blue) Direct(ReadOnlySpan<byte> row, int at)
    {
        int sampleBytes = _depth / 8;
        if (_channels >= 3)
        {
            return (row[at], row[at + sampleBytes], row[at + (2 * sampleBytes)]);
        }

        bool saturates = _channels == 1 && row[at] != 0;
        byte grey = _channels == 1 ? (saturates ? byte.MaxValue : row[at + 1]) : row[at];
        return (grey, grey, grey);
    }

    private static byte[] Ramp(int depth)
    {
        int count = 1 << depth;
        byte[] colors = new byte[count * RgbImage.Channels];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = (byte)(i / RgbImage.Channels * byte.MaxValue / (count - 1));
        }

        return colors;
    }

    /// <summary>256 colours: entries that a file leaves out are grey in PIL.</summary>
    private static byte[] FullPalette(byte[] palette)
    {
        byte[] colors = Ramp(8);
        palette.AsSpan(0, Math.Min(palette.Length, colors.Length)).CopyTo(colors);
        return colors;
    }
}
