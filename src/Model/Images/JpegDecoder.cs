using NSft.Collectives;

namespace NSft.Model.Images;

/// <summary>Decodes JPEG with libjpeg-turbo as PIL does: accurate inverse DCT, fancy upsampling, inverted CMYK.</summary>
internal static unsafe class JpegDecoder
{
    private const int RgbFormat = 0;
    private const int CmykFormat = 11;
    private const int CmykColorSpace = 3;
    private const int YcckColorSpace = 4;
    private const int LimitScans = 32768;
    private const int WarningCode = 0;
    private const int CmykChannels = 4;

    public static RgbImage Decode(string path, byte[] file)
    {
        TurboJpeg library = TurboJpeg.Instance;
        nint handle = library.InitDecompress();
        if (handle == 0)
        {
            throw new InvalidOperationException("libturbojpeg has no decompressor to give.");
        }

        try
        {
            fixed (byte* bytes = file)
            {
                // An unusual subsampling is reported as an error here, yet it decodes: sizes and colour space are what counts.
                int result = library.DecompressHeader(handle, bytes, file.Length, out int width, out int height, out int colorSpace);
                if (result != 0 && (width < 1 || height < 1 || colorSpace < 0))
                {
                    throw Unreadable(path, library.ErrorText(handle));
                }

                if (width < 1 || height < 1)
                {
                    throw new UserInputException($"{path}: the JPEG image is truncated ({file.Length} bytes): it ends inside its header.");
                }

                ImageLimits.Check(path, width, height);
                bool isCmyk = colorSpace is CmykColorSpace or YcckColorSpace;
                byte[] pixels = new byte[width * height * (isCmyk ? CmykChannels : RgbImage.Channels)];
                fixed (byte* target = pixels)
                {
                    result = library.Decompress(handle, bytes, file.Length, target, width, height, isCmyk ? CmykFormat : RgbFormat, LimitScans);
                }

                if (result != 0)
                {
                    Judge(path, file, library.ErrorCode(handle), library.ErrorText(handle));
                }

                return new RgbImage(width, height, isCmyk ? CmykToRgb(pixels) : pixels);
            }
        }
        finally
        {
            library.Destroy(handle);
        }
    }

    /// <summary>Lets warnings about stray bytes pass, as PIL does; a file that ends early is an error.</summary>
    private static void Judge(string path, byte[] file, int code, string text)
    {
        if (code != WarningCode)
        {
            throw Unreadable(path, text);
        }

        bool endsEarly = text.Contains("Premature end", StringComparison.Ordinal) || file.AsSpan().TrimEnd((byte)0) is not [.., 0xFF, 0xD9];
        if (endsEarly)
        {
            throw new UserInputException($"{path}: the JPEG image is truncated ({file.Length} bytes): {text}.");
        }
    }

    /// <summary>PIL's conversion of Adobe's inverted CMYK, in its 8-bit arithmetic.</summary>
    private static byte[] CmykToRgb(byte[] inverted)
    {
        byte[] rgb = new byte[inverted.Length / CmykChannels * RgbImage.Channels];
        for (int from = 0, to = 0; from < inverted.Length; from += CmykChannels, to += RgbImage.Channels)
        {
            int lightness = inverted[from + 3];
            for (int channel = 0; channel < RgbImage.Channels; channel++)
            {
                int product = ((255 - inverted[from + channel]) * lightness) + 128;
                int scaled = ((product >> 8) + product) >> 8;
                rgb[to + channel] = (byte)Math.Clamp(lightness - scaled, 0, 255);
            }
        }

        return rgb;
    }

    private static UserInputException Unreadable(string path, string reason) => new($"{path}: the JPEG image cannot be decoded: {reason}.");
}
