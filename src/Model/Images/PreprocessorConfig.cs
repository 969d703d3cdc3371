using NSft.Model.Configuration;

namespace NSft.Model.Images;

/// <summary>What preprocessor_config.json asks for; CLIP's values at the vision tower's size where it is silent or absent.</summary>
internal sealed record PreprocessorConfig
{
    public const string FileName = "preprocessor_config.json";

    private const int Bicubic = 3;
    private const string PillowSuffix = "Pil";
    private static readonly double[] ClipMean = [0.48145466, 0.4578275, 0.40821073];
    private static readonly double[] ClipDeviation = [0.26862954, 0.26130258, 0.27577711];

    /// <summary>Length that the shorter side is brought to; null when both sides are given.</summary>
    public int? ShortestEdge { get; private init; }

    /// <summary>Size that the image is brought to whatever its shape; used when <see cref="ShortestEdge"/> is null.</summary>
    public (int Width, int Height) ExactSize { get; private init; }

    /// <summary>Size of the part that is cut out of the middle, or null for all of it.</summary>
    public (int Width, int Height)? Crop { get; private init; }

    /// <summary>Whose numbers the result equals: a Hugging Face processor computes with torchvision unless its name ends in Pil.</summary>
    public ResampleArithmetic Arithmetic { get; private init; } = ResampleArithmetic.Torchvision;

    public double RescaleFactor { get; private init; } = 1 / 255.0;

    public double[] Mean { get; private init; } = ClipMean;

    public double[] Deviation { get; private init; } = ClipDeviation;

    public static PreprocessorConfig Load(string modelDirectory, int imageSize)
    {
        string path = Path.Combine(modelDirectory, FileName);
        if (!File.Exists(path))
        {
            return new PreprocessorConfig { ShortestEdge = imageSize, Crop = (imageSize, imageSize) };
        }

        ConfigSection root = ConfigSection.ReadFile(path);
        RefuseOptions(root);
        (int? edge, (int Width, int Height) exact) = ReadSize(root, imageSize);
        bool crops = root.Flag("do_center_crop", true);
        (int Width, int Height)? crop = crops ? ReadCrop(root, imageSize) : null;
        double factor = root.Real("rescale_factor", 1 / 255.0);
        double[] deviation = root.Reals("image_std", RgbImage.Channels) ?? ClipDeviation;
        if (!(factor > 0) || deviation.Any(value => !(value > 0)))
        {
            throw root.Wrong(factor > 0 ? "image_std" : "rescale_factor", "above 0");
        }

        (int Width, int Height) result = crop ?? exact;
        return (crops || edge is null) && result == (imageSize, imageSize)
            ? new PreprocessorConfig
            {
                ShortestEdge = edge,
                ExactSize = exact,
                Crop = crop,
                Arithmetic = root.Text("image_processor_type", "").EndsWith(PillowSuffix, StringComparison.Ordinal) ? ResampleArithmetic.Pillow : ResampleArithmetic.Torchvision,
                RescaleFactor = factor,
                Mean = root.Reals("image_mean", RgbImage.Channels) ?? ClipMean,
                Deviation = deviation,
            }
            : throw root.Unsupported(crops ? "crop_size" : "size", $"images must come out at the vision tower's {imageSize} x {imageSize}.");
    }

    private static void RefuseOptions(ConfigSection root)
    {
        foreach (string step in new[] { "do_resize", "do_rescale", "do_normalize" })
        {
            if (!root.Flag(step, true))
            {
                throw root.Unsupported(step, "images are always resized, rescaled and normalised.");
            }
        }

        if (root.Whole("resample", Bicubic) != Bicubic)
        {
            throw root.Unsupported("resample", $"images are resized with the bicubic filter ({Bicubic}).");
        }
    }

    private static (int? Edge, (int Width, int Height) Exact) ReadSize(ConfigSection root, int imageSize)
    {
        if (root.IsNumber("size"))
        {
            return (root.Positive("size", imageSize), default);
        }

        ConfigSection? size = root.Section("size");
        return size is not null && !size.Has("shortest_edge") && size.Has("height")
            ? (null, (size.Positive("width", imageSize), size.Positive("height", imageSize)))
            : (size?.Positive("shortest_edge", imageSize) ?? imageSize, default);
    }

    private static (int Width, int Height) ReadCrop(ConfigSection root, int imageSize)
    {
        if (root.IsNumber("crop_size"))
        {
            int side = root.Positive("crop_size", imageSize);
            return (side, side);
        }

        ConfigSection? crop = root.Section("crop_size");
        return (crop?.Positive("width", imageSize) ?? imageSize, crop?.Positive("height", imageSize) ?? imageSize);
    }
}
