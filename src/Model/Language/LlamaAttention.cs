// B rows, T tokens, D width, H query heads, G key/value heads, K head width, S keys seen (earlier passes and this one).
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Language;

/// <summary>Grouped-query self-attention with rotary positions.</summary>
internal sealed class LlamaAttention
{
    private readonly int _layer;
    private readonly int _headCount;
    private readonly int _keyValueHeadCount;
    private readonly int _headSize;
    private readonly DecoderLinear _query;
    private readonly DecoderLinear _key;
    private readonly DecoderLinear _value;
    private readonly DecoderLinear _output;

    internal LlamaAttention(LlamaConfig config, int layer, Func<string, DecoderLinear> linear)
    {
        _layer = layer;
        _headCount = config.HeadCount;
        _keyValueHeadCount = config.KeyValueHeadCount;
        _headSize = config.HeadSize;
        _query = linear("self_attn.q_proj");
        _key = linear("self_attn.k_proj");
        _value = linear("self_attn.v_proj");
        _output = linear("self_attn.o_proj");
    }

    /// <summary>Mixed values of all heads, before the output projection.</summary>
    /// <param name="x">(B, T, D), normalised.</param>
    /// <param name="pass">Positions, mask and cache.</param>
    /// <returns>(B, T, H K).</returns>
    internal Tensor Mix(Tensor x, DecoderPass pass)
    {
        using var scope = NewDisposeScope();
        Tensor query = Rotated(_query, x, _headCount, pass);
        Tensor key = Rotated(_key, x, _keyValueHeadCount, pass);
        Tensor value = Heads(_value.Forward(x), _keyValueHeadCount).transpose(1, 2);
        if (pass.Cache is not null)
        {
            (key, value) = pass.Cache.Append(_layer, key, value);
        }

        Tensor mixed = nn.functional.scaled_dot_product_attention(
            query, Repeat(key), Repeat(value), pass.Bias, 0.0, pass.IsCausal);
        return mixed.transpose(1, 2).reshape(x.shape[0], x.shape[1], _headCount * _headSize).MoveToOuterDisposeScope();
    }

    /// <summary>Output projection, (..., H K) to (..., D).</summary>
    internal Tensor Project(Tensor mixed) => _output.Forward(mixed);

    private Tensor Rotated(DecoderLinear projection, Tensor x, int heads, DecoderPass pass) =>
        RotaryTable.Rotate(Heads(projection.Forward(x), heads), pass.Cosine, pass.Sine).transpose(1, 2);

    private Tensor Heads(Tensor x, int heads) => x.view(x.shape[0], x.shape[1], heads, _headSize);

    /// <summary>(B, G, S, K) to (B, H, S, K): each key/value head serves H / G query heads in a row.</summary>
    private Tensor Repeat(Tensor x)
    {
        int repeats = _headCount / _keyValueHeadCount;
        return repeats == 1
            ? x
            : x.unsqueeze(2)
                .expand(x.shape[0], _keyValueHeadCount, repeats, x.shape[2], _headSize)
                .reshape(x.shape[0], _headCount, x.shape[2], _headSize);
    }
}
