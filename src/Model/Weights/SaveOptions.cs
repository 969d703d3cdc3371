using static TorchSharp.torch;

namespace NSft.Model.Weights;

/// <summary>How a model is written.</summary>
/// <param name="Dtype">float32, bfloat16 or float16; null keeps the dtype of the source's config.json.</param>
/// <param name="MaxShardBytes">Largest sum of tensor bytes in one file.</param>
/// <param name="Naming">Form of tensor names; null keeps the source's.</param>
public sealed record SaveOptions(
    ScalarType? Dtype = null,
    long MaxShardBytes = SaveOptions.DefaultMaxShardBytes,
    CheckpointNaming? Naming = null)
{
    /// <summary>Hugging Face's customary shard size.</summary>
    public const long DefaultMaxShardBytes = 5_000_000_000;
}
