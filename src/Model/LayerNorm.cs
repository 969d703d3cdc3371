using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Layer normalisation over the last dimension.</summary>
internal sealed class LayerNorm(ModelParameter weight, ModelParameter bias, double epsilon)
{
    internal Tensor Forward(Tensor x) =>
        nn.functional.layer_norm(x, weight.Shape, weight.Value, bias.Value, epsilon);

    internal static LayerNorm From(ParameterTable table, string path, double epsilon) =>
        new(table[path + ".weight"], table[path + ".bias"], epsilon);
}
