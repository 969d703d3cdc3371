using NSft.Collectives;
using NSft.Model.Images;

namespace NSft.Training;

/// <summary>All settings of a training run. Checked by <see cref="TrainingOptionsValidator"/>; kept with the run so that it can be repeated.</summary>
public sealed record TrainingOptions
{
    /// <summary>Folder of the Hugging Face LLaVA checkpoint to start from.</summary>
    public required string ModelDirectory { get; init; }

    /// <summary>SentencePiece model file.</summary>
    public required string TokenizerPath { get; init; }

    /// <summary>Preference rows, JSON array or JSON lines.</summary>
    public required string DataPath { get; init; }

    /// <summary>Folder that the rows' image paths are relative to.</summary>
    public required string ImageDirectory { get; init; }

    /// <summary>Corrective conversations, joined to the rows by id; needed by <see cref="ObjectiveKind.Nsft"/>.</summary>
    public string? CorrectivePath { get; init; }

    /// <summary>Name or path of the conversation template.</summary>
    public string Template { get; init; } = "vicuna_v1";

    /// <summary>How images become square.</summary>
    public ImageMode ImageMode { get; init; } = ImageMode.Pad;

    /// <summary>What to minimise.</summary>
    public ObjectiveKind Objective { get; init; } = ObjectiveKind.Nsft;

    /// <summary>Rows of one step over all workers, at least 1; an epoch's last step takes the rows that are left.</summary>
    public int GlobalBatch { get; init; } = 32;

    /// <summary>Virtual shards of a step, 1 to 127; null for shards of two rows, as far as 127 allow.</summary>
    public int? ShardCount { get; init; }

    /// <summary>Passes over the data, at least 1; null for 1 unless <see cref="Steps"/> is given.</summary>
    public int? Epochs { get; init; }

    /// <summary>Number of steps, at least 1, instead of <see cref="Epochs"/>.</summary>
    public int? Steps { get; init; }

    /// <summary>Peak learning rate, above 0; null for the objective's default.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Steps of linear warm-up, instead of <see cref="WarmupRatio"/>.</summary>
    public int? WarmupSteps { get; init; }

    /// <summary>Warm-up as a part of all steps, 0 to below 1; null for 0.03 unless <see cref="WarmupSteps"/> is given.</summary>
    public double? WarmupRatio { get; init; }

    /// <summary>AdamW's decoupled weight decay, at least 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Leaves one-dimensional tensors (norms, biases) out of weight decay.</summary>
    public bool ExcludeNormsFromDecay { get; init; }

    /// <summary>Largest global gradient norm; 0 turns clipping off.</summary>
    public double Clip { get; init; } = 1.0;

    /// <summary>DPO's pull to the reference, above 0.</summary>
    public double Beta { get; init; } = 0.1;

    /// <summary>nSFT's weight of the chosen answers, at least 0; 0 trains on corrections alone.</summary>
    public double ChosenWeight { get; init; } = 1.0;

    /// <summary>nSFT's weight of the corrective conversations, at least 0.</summary>
    public double NegativeWeight { get; init; } = 1.0;

    /// <summary>What passes compute in.</summary>
    public ComputePrecision Dtype { get; init; } = ComputePrecision.Float32;

    /// <summary>Where tensors live: <c>cpu</c> or <c>cuda</c>, with an index where there are several.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Seed of the order of the rows and of the initial adapter.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How gradients are added over workers.</summary>
    public ReductionKind Reduction { get; init; } = ReductionKind.Exact;

    /// <summary>Longest conversation in tokens, image tokens included; null for the model's number of positions.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Makes rows that cannot be used an error instead of a list.</summary>
    public bool Strict { get; init; }

    /// <summary>Rank of the adapter; 0 trains projector and decoder in full.</summary>
    public int LoraRank { get; init; }

    /// <summary>Adapter scale numerator; null for twice the rank.</summary>
    public double? LoraAlpha { get; init; }

    /// <summary>Projections that get an adapter; null for all seven of each decoder block.</summary>
    public IReadOnlyList<string>? LoraTargets { get; init; }
}
