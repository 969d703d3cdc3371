using NSft.Model.Adapters;
using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>A bias-free linear layer of the decoder, which may carry a low-rank adapter.</summary>
/// <param name="name">Hub name of the layer without ".weight".</param>
/// <param name="weight">(out, in).</param>
internal sealed class DecoderLinear(string name, ModelParameter weight)
{
    internal string Name => name;

    internal ModelParameter Weight => weight;

    internal LoraLayer? Adapter { get; set; }

    /// <summary>(..., in) to (..., out): x W^T, plus the adapter's share when one is attached and on.</summary>
    internal Tensor Forward(Tensor x)
    {
        if (Adapter is not { IsEnabled: true } adapter)
        {
            return nn.functional.linear(x, weight.Value);
        }

        using var scope = NewDisposeScope();
        return nn.functional.linear(x, weight.Value).add(adapter.Forward(x), adapter.Scale).MoveToOuterDisposeScope();
    }
}
