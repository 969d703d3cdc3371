// B rows, T tokens, N chosen positions, D width, I inner width of the perceptron.
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>One decoder block: attention and a gated (SiLU) perceptron, each normalised first and added to the stream.</summary>
internal sealed class LlamaLayer
{
    private readonly LlamaAttention _attention;
    private readonly RmsNorm _attentionNorm;
    private readonly RmsNorm _perceptronNorm;
    private readonly DecoderLinear _gate;
    private readonly DecoderLinear _up;
    private readonly DecoderLinear _down;

    internal LlamaLayer(LlamaConfig config, int index, ParameterTable table, Func<string, DecoderLinear> linear)
    {
        string path = $"{LlamaDecoder.Prefix}layers.{index}.";
        _attention = new LlamaAttention(config, index, name => linear(path + name));
        _attentionNorm = new RmsNorm(table[path + "input_layernorm.weight"], config.RmsNormEpsilon);
        _perceptronNorm = new RmsNorm(table[path + "post_attention_layernorm.weight"], config.RmsNormEpsilon);
        _gate = linear(path + "mlp.gate_proj");
        _up = linear(path + "mlp.up_proj");
        _down = linear(path + "mlp.down_proj");
    }

    /// <summary>Runs the block.</summary>
    /// <param name="x">(B, T, D).</param>
    /// <param name="pass">Positions, mask and cache.</param>
    /// <param name="positions">Flat positions (N) whose output is wanted, or null for all.</param>
    /// <returns>(B, T, D), or (N, D).</returns>
    internal Tensor Forward(Tensor x, DecoderPass pass, Tensor? positions)
    {
        using var scope = NewDisposeScope();
        Tensor mixed = _attention.Mix(_attentionNorm.Forward(x), pass);
        if (positions is not null)
        {
            mixed = Pick(mixed, positions);
            x = Pick(x, positions);
        }

        x = x + _attention.Project(mixed);
        return (x + Perceptron(_perceptronNorm.Forward(x))).MoveToOuterDisposeScope();
    }

    private Tensor Perceptron(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor gated = nn.functional.silu(_gate.Forward(x)) * _up.Forward(x);
        return _down.Forward(gated).MoveToOuterDisposeScope();
    }

    private static Tensor Pick(Tensor x, Tensor positions) => x.flatten(0, 1).index_select(0, positions);
}
