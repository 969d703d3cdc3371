using NSft.Collectives;
using static TorchSharp.torch;

namespace NSft.Model;

/// <summary>Activation functions by their name in config.json.</summary>
internal static class Activations
{
    // Constant of CLIP's sigmoid approximation of GELU.
    private const double QuickGeluSlope = 1.702;

    internal static Func<Tensor, Tensor> Named(string name) => name switch
    {
        "quick_gelu" => QuickGelu,
        "gelu" => static x => nn.functional.gelu(x),
        "silu" or "swish" => static x => nn.functional.silu(x),
        "relu" => static x => nn.functional.relu(x),
        _ => throw new UserInputException(
            $"config.json: activation '{name}' is not supported (quick_gelu, gelu, silu and relu are)."),
    };

    private static Tensor QuickGelu(Tensor x)
    {
        using Tensor scaled = x * QuickGeluSlope;
        using Tensor gate = scaled.sigmoid();
        return x * gate;
    }
}
