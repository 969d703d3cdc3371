namespace NSft.Model.Images;

/// <summary>An image, or the square that surrounds it with bars of one colour; the bars take no memory.</summary>
internal sealed class FramedImage
{
    private readonly RgbImage _image;
    private readonly int _left;
    private readonly int _top;
    private readonly byte[] _bar;

    private FramedImage(RgbImage image, int width, int height, byte[] bar)
    {
        _image = image;
        Width = width;
        Height = height;
        _left = (width - image.Width) / 2;
        _top = (height - image.Height) / 2;
        _bar = bar;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The image as it is.</summary>
    public static FramedImage Plain(RgbImage image) => new(image, image.Width, image.Height, []);

    /// <summary>The image in the middle of a square; the smaller bar is on top or left when they differ.</summary>
    public static FramedImage Square(RgbImage image, (byte Red, byte Green, byte Blue) color)
    {
        int side = Math.Max(image.Width, image.Height);
        byte[] bar = new byte[side * RgbImage.Channels];
        for (int i = 0; i < bar.Length; i += RgbImage.Channels)
        {
            (bar[i], bar[i + 1], bar[i + 2]) = (color.Red, color.Green, color.Blue);
        }

        return new FramedImage(image, side, side, bar);
    }

    /// <summary>Whether a row is all bar, so that all such rows are alike.</summary>
    public bool IsBar(int y) => y < _top || y >= _top + _image.Height;

    /// <summary>Copies a row of <see cref="Width"/> pixels.</summary>
    public void CopyRow(int y, Span<byte> target)
    {
        if (IsBar(y))
        {
            _bar.CopyTo(target);
            return;
        }

        if (_image.Width < Width)
        {
            _bar.CopyTo(target);
        }

        _image.Row(y - _top).CopyTo(target[(_left * RgbImage.Channels)..]);
    }
}
