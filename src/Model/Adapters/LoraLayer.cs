// r rank.
using static TorchSharp.torch;

namespace NSft.Model.Adapters;

/// <summary>The adapter of one linear layer: scale * B A x.</summary>
internal sealed class LoraLayer(LoraAdapter owner, ModelParameter down, ModelParameter up, double scale)
{
    /// <summary>A, (r, in).</summary>
    internal ModelParameter Down => down;

    /// <summary>B, (out, r).</summary>
    internal ModelParameter Up => up;

    internal double Scale => scale;

    internal bool IsEnabled => owner.IsEnabled;

    /// <summary>(..., in) to (..., out), not yet scaled.</summary>
    internal Tensor Forward(Tensor x)
    {
        using Tensor inner = nn.functional.linear(x, down.Value);
        return nn.functional.linear(inner, up.Value);
    }
}
