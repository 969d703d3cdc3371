// B images, S positions, D tower width, H heads, K head width.
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Vision;

/// <summary>One pre-norm block of CLIP's encoder: self-attention and a two-layer perceptron, both residual.</summary>
internal sealed class ClipEncoderLayer
{
    private readonly int _headCount;
    private readonly LayerNorm _attentionNorm;
    private readonly LayerNorm _perceptronNorm;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;
    private readonly Linear _expand;
    private readonly Linear _contract;
    private readonly Func<Tensor, Tensor> _activation;

    internal ClipEncoderLayer(ClipVisionConfig config, ParameterTable table, int index)
    {
        string path = $"{ClipVisionTower.Prefix}encoder.layers.{index}.";
        _headCount = config.HeadCount;
        _attentionNorm = LayerNorm.From(table, path + "layer_norm1", config.LayerNormEpsilon);
        _perceptronNorm = LayerNorm.From(table, path + "layer_norm2", config.LayerNormEpsilon);
        _query = Linear.From(table, path + "self_attn.q_proj");
        _key = Linear.From(table, path + "self_attn.k_proj");
        _value = Linear.From(table, path + "self_attn.v_proj");
        _output = Linear.From(table, path + "self_attn.out_proj");
        _expand = Linear.From(table, path + "mlp.fc1");
        _contract = Linear.From(table, path + "mlp.fc2");
        _activation = Activations.Named(config.HiddenActivation);
    }

    /// <summary>(B, S, D) to (B, S, D).</summary>
    internal Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = x + Attend(_attentionNorm.Forward(x));
        Tensor inner = _activation(_expand.Forward(_perceptronNorm.Forward(x)));
        return (x + _contract.Forward(inner)).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor x)
    {
        Tensor mixed = nn.functional.scaled_dot_product_attention(
            Heads(_query.Forward(x)), Heads(_key.Forward(x)), Heads(_value.Forward(x)));
        return _output.Forward(mixed.transpose(1, 2).reshape(x.shape));
    }

    private Tensor Heads(Tensor x) =>
        x.view(x.shape[0], x.shape[1], _headCount, x.shape[2] / _headCount).transpose(1, 2);
}
