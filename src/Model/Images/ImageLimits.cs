using NSft.Collectives;

namespace NSft.Model.Images;

/// <summary>Bounds that keep a small file from filling the memory.</summary>
internal static class ImageLimits
{
    /// <summary>Longest side; JPEG's own limit.</summary>
    public const int LargestSide = 65535;

    /// <summary>Most pixels; PIL warns of a decompression bomb from here on.</summary>
    public const long MostPixels = 89_478_485;

    /// <summary>Refuses sizes outside the bounds.</summary>
    public static void Check(string path, long width, long height)
    {
        if (width < 1 || height < 1)
        {
            throw new UserInputException($"{path}: the image is {width} x {height} pixels.");
        }

        if (width > LargestSide || height > LargestSide || width * height > MostPixels)
        {
            throw new UserInputException($"{path}: the image is {width} x {height} pixels; the limits are {LargestSide} for a side and {MostPixels} in all.");
        }
    }
}
