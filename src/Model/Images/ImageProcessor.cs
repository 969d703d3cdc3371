using NSft.Model.Configuration;

namespace NSft.Model.Images;

/// <summary>Turns image files into what the vision tower reads. Safe from any thread.</summary>
/// <remarks>
/// Source: transformers 5, image_processing_clip.py, image_processing_pil_clip.py, image_transforms.py; LLaVA, mm_utils.py (expand2square).
/// Equal to the bit to the processor that preprocessor_config.json names: torchvision's fixed-point arithmetic, or PIL's.
/// </remarks>
public sealed class ImageProcessor
{
    private readonly PreprocessorConfig _config;
    private readonly ImageMode _mode;
    private readonly float[] _levels;

    private ImageProcessor(PreprocessorConfig config, ImageMode mode, int imageSize)
    {
        _config = config;
        _mode = mode;
        ImageSize = imageSize;
        _levels = Levels(config);
    }

    /// <summary>Side of the square result in pixels.</summary>
    public int ImageSize { get; }

    /// <summary>The processor of a model: its preprocessor_config.json, or CLIP's values at the vision tower's size.</summary>
    /// <param name="modelDirectory">The model directory.</param>
    /// <param name="config">The model's config.</param>
    /// <param name="mode">How images become square.</param>
    /// <exception cref="NSft.Collectives.UserInputException">The settings cannot be followed or do not fit the vision tower.</exception>
    public static ImageProcessor ForModel(string modelDirectory, LlavaConfig config, ImageMode mode)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new ImageProcessor(PreprocessorConfig.Load(modelDirectory, config.Vision.ImageSize), mode, config.Vision.ImageSize);
    }

    /// <summary>Reads and prepares an image.</summary>
    /// <param name="imagePath">A JPEG or PNG file.</param>
    /// <returns>Red, green and blue planes of <see cref="ImageSize"/> rows and columns, normalised.</returns>
    /// <exception cref="NSft.Collectives.UserInputException">The image cannot be read.</exception>
    public float[] Process(string imagePath) => Normalize(Resize(ImageFile.Read(imagePath)));

    /// <summary>The pixels before normalisation: <see cref="ImageSize"/> squared.</summary>
    internal RgbImage Resize(RgbImage image)
    {
        FramedImage source = _mode == ImageMode.Pad && image.Width != image.Height
            ? FramedImage.Square(image, BarColor())
            : FramedImage.Plain(image);
        (int width, int height) = ResizedSize(source.Width, source.Height);
        (int Width, int Height) crop = _config.Crop ?? (width, height);

        // Halves round down here; where the crop is larger than the image, zeros surround it, the larger part first.
        PixelWindow window = new(
            Math.Max(0, Math.DivRem(width - crop.Width, 2).Quotient),
            Math.Max(0, Math.DivRem(height - crop.Height, 2).Quotient),
            Math.Min(width, crop.Width),
            Math.Min(height, crop.Height));
        RgbImage resized = BicubicResampler.Resize(source, (width, height), window, _config.Arithmetic);
        return resized.Width == crop.Width && resized.Height == crop.Height ? resized : Surround(resized, crop.Width, crop.Height);
    }

    /// <summary>Planes of normalised floats.</summary>
    internal float[] Normalize(RgbImage image)
    {
        int plane = image.Width * image.Height;
        float[] values = new float[plane * RgbImage.Channels];
        for (int i = 0; i < plane; i++)
        {
            for (int channel = 0; channel < RgbImage.Channels; channel++)
            {
                values[(channel * plane) + i] = _levels[(channel << 8) + image.Pixels[(i * RgbImage.Channels) + channel]];
            }
        }

        return values;
    }

    private (int Width, int Height) ResizedSize(int width, int height)
    {
        if (_config.ShortestEdge is not { } edge)
        {
            return _config.ExactSize;
        }

        int shorter = Math.Min(width, height);
        int longer = (int)((double)((long)edge * Math.Max(width, height)) / shorter);
        return width <= height ? (edge, longer) : (longer, edge);
    }

    private (byte Red, byte Green, byte Blue) BarColor()
        => ((byte)(_config.Mean[0] * 255), (byte)(_config.Mean[1] * 255), (byte)(_config.Mean[2] * 255));

    private static RgbImage Surround(RgbImage image, int width, int height)
    {
        var result = new RgbImage(width, height, new byte[width * height * RgbImage.Channels]);
        int left = (width - image.Width + 1) / 2;
        int top = (height - image.Height + 1) / 2;
        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(result.Pixels.AsSpan((((top + y) * width) + left) * RgbImage.Channels));
        }

        return result;
    }

    /// <summary>The float of each channel and byte, in float32 operations of the same order as the reference's.</summary>
    private static float[] Levels(PreprocessorConfig config)
    {
        float[] levels = new float[RgbImage.Channels << 8];
        float white = (float)(1 / config.RescaleFactor);
        for (int channel = 0; channel < RgbImage.Channels; channel++)
        {
            float mean = (float)config.Mean[channel];
            float deviation = (float)config.Deviation[channel];
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                levels[(channel << 8) + value] = config.Arithmetic == ResampleArithmetic.Pillow
                    ? ((float)(value * config.RescaleFactor) - mean) / deviation
                    : (value - (mean * white)) / (deviation * white);
            }
        }

        return levels;
    }
}
