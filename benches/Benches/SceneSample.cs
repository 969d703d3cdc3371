using NSft.Training;

namespace NSft.Benches;

/// <summary>Where the bundled sample lies, and the run that is timed on it.</summary>
/// <param name="root">Root of the checkout.</param>
internal sealed class SceneSample(string root)
{
    /// <summary>The model's directory.</summary>
    public string ModelDirectory { get; } = Path.Combine(root, "samples", "scenes", "model");

    /// <summary>The tokenizer's file.</summary>
    public string TokenizerPath { get; } = Path.Combine(root, "samples", "scenes", "tokenizer.model");

    /// <summary>The images' directory.</summary>
    public string ImageDirectory { get; } = Path.Combine(root, "samples", "scenes", "images");

    /// <summary>The peer's scripts.</summary>
    public string PeerDirectory { get; } = Path.Combine(root, "benches", "peer");

    /// <summary>SFT of the preference rows, batch 32 in 16 shards.</summary>
    public TrainingOptions Training { get; } = new()
    {
        ModelDirectory = Path.Combine(root, "samples", "scenes", "model"),
        TokenizerPath = Path.Combine(root, "samples", "scenes", "tokenizer.model"),
        DataPath = Path.Combine(root, "samples", "scenes", "preferences.json"),
        ImageDirectory = Path.Combine(root, "samples", "scenes", "images"),
        Template = "scenes",
        Objective = ObjectiveKind.Sft,
        LearningRate = 1e-4,
        WarmupSteps = 0,
        MaxLength = 1024,
        Epochs = 3,
    };
}
