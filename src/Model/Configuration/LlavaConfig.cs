namespace NSft.Model.Configuration;

/// <summary>A LLaVA model's config.json: decoder, vision tower, projector and the image token.</summary>
public sealed record LlavaConfig
{
    /// <summary>Strategy that drops the class token from the features.</summary>
    public const string DropClassToken = "default";

    /// <summary>Strategy that keeps the class token.</summary>
    public const string KeepClassToken = "full";

    /// <summary>The language decoder.</summary>
    public LlamaConfig Text { get; init; } = new();

    /// <summary>The vision tower.</summary>
    public ClipVisionConfig Vision { get; init; } = ClipVisionConfig.LargeAt336;

    /// <summary>Id that stands for one image feature in the ids.</summary>
    public int ImageTokenId { get; init; } = 32000;

    /// <summary>Index into the tower's hidden states: 0 is the embedding, n is block n's output, negative counts from the last.</summary>
    public int VisionFeatureLayer { get; init; } = -2;

    /// <summary><see cref="DropClassToken"/> or <see cref="KeepClassToken"/>.</summary>
    public string VisionFeatureSelectStrategy { get; init; } = DropClassToken;

    /// <summary>Activation between the projector's layers; always gelu (exact).</summary>
    public string ProjectorActivation { get; init; } = "gelu";

    /// <summary>Whether the projector's layers have a bias.</summary>
    public bool ProjectorBias { get; init; } = true;

    /// <summary>Type that the weights were saved in: float32, bfloat16 or float16.</summary>
    public string Dtype { get; init; } = "float32";

    /// <summary>Image tokens of one image, computed from sizes: the file's image_seq_length may be stale and is not read.</summary>
    public int ImageTokenCount => Vision.PatchCount + (VisionFeatureSelectStrategy == KeepClassToken ? 1 : 0);

    /// <summary>Vision blocks that must run for the chosen feature layer, 0 to <see cref="ClipVisionConfig.LayerCount"/>.</summary>
    public int VisionBlockCount => VisionFeatureLayer < 0 ? Vision.LayerCount + 1 + VisionFeatureLayer : VisionFeatureLayer;

    /// <summary>Id that fills up batches; 0 when the model names none (padding is masked everywhere).</summary>
    public int PadTokenId => Text.PadTokenId ?? 0;

    /// <summary>Reads config.json of a model directory.</summary>
    /// <param name="modelDirectory">A Hugging Face LLaVA model directory.</param>
    /// <exception cref="NSft.Collectives.UserInputException">The file is missing, is not JSON, or asks for something that is not supported.</exception>
    public static LlavaConfig Load(string modelDirectory) => LlavaConfigReader.Read(modelDirectory);
}
