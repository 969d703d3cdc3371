namespace NSft.Model.Configuration;

/// <summary>Sizes and constants of the CLIP vision tower. A fresh instance holds the defaults of Hugging Face's CLIPVisionConfig.</summary>
public sealed record ClipVisionConfig
{
    /// <summary>Width of the residual stream.</summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Width of the feed-forward layer.</summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>Number of encoder blocks.</summary>
    public int LayerCount { get; init; } = 12;

    /// <summary>Number of attention heads; a divisor of <see cref="HiddenSize"/>.</summary>
    public int HeadCount { get; init; } = 12;

    /// <summary>Side of the square input in pixels.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Side of one patch in pixels.</summary>
    public int PatchSize { get; init; } = 32;

    /// <summary>Input channels; always 3.</summary>
    public int ChannelCount { get; init; } = 3;

    /// <summary>Epsilon inside the layer norms.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>Activation of the feed-forward layer: quick_gelu or gelu.</summary>
    public string HiddenActivation { get; init; } = "quick_gelu";

    /// <summary>The tower that a LLaVA config without a vision section means: CLIP ViT-L/14 at 336 pixels.</summary>
    public static ClipVisionConfig LargeAt336 { get; } = new()
    {
        HiddenSize = 1024,
        IntermediateSize = 4096,
        LayerCount = 24,
        HeadCount = 16,
        ImageSize = 336,
        PatchSize = 14,
    };

    /// <summary>Patches of one image, without the class token.</summary>
    public int PatchCount => ImageSize / PatchSize * (ImageSize / PatchSize);
}
