using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>How a checkpoint is brought into memory.</summary>
/// <param name="Dtype">Compute dtype: float32 or bfloat16.</param>
/// <param name="Device">Where the weights live.</param>
/// <param name="AdapterDirectory">PEFT folder to attach, or null.</param>
/// <param name="StorageDtype">Dtype of the stored weights; null means <paramref name="Dtype"/>. A trainer that computes in
/// bfloat16 loads float32 here, replaces what it trains and then calls <see cref="LlavaModel.StoreFrozenInComputeDtype"/>.</param>
public sealed record ModelLoadOptions(
    ScalarType Dtype,
    Device Device,
    string? AdapterDirectory = null,
    ScalarType? StorageDtype = null);
