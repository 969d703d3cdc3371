using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Affine map x W^T + b, W of shape (out, in).</summary>
internal sealed class Linear(ModelParameter weight, ModelParameter? bias)
{
    internal Tensor Forward(Tensor x) => nn.functional.linear(x, weight.Value, bias?.Value);

    internal static Linear From(ParameterTable table, string path) =>
        new(table[path + ".weight"], table.Contains(path + ".bias") ? table[path + ".bias"] : null);
}
