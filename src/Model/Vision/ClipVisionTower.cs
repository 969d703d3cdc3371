// B images, P patches, S = P + 1 positions with the class token, D tower width.
using NSft.Model.Configuration;
using static TorchSharp.torch;

namespace NSft.Model.Vision;

/// <summary>CLIP's vision transformer up to the layer whose hidden state LLaVA uses.</summary>
/// <remarks>Follows Hugging Face's CLIPVisionTransformer: hidden state 0 is the output of pre_layrnorm (the misspelling is the
/// checkpoint's), hidden state i the output of block i; post_layernorm is never applied to them. Later blocks are not built.</remarks>
internal sealed class ClipVisionTower
{
    internal const string Prefix = "vision_tower.vision_model.";

    private readonly ClipVisionConfig _config;
    private readonly bool _dropsClassToken;
    private readonly ModelParameter _classEmbedding;
    private readonly ModelParameter _patchEmbedding;
    private readonly ModelParameter _positionEmbedding;
    private readonly LayerNorm _preNorm;
    private readonly ClipEncoderLayer[] _layers;

    internal ClipVisionTower(LlavaConfig config, ParameterTable table)
    {
        _config = config.Vision;
        _dropsClassToken = config.VisionFeatureSelectStrategy != LlavaConfig.KeepClassToken;
        _classEmbedding = table[Prefix + "embeddings.class_embedding"];
        _patchEmbedding = table[Prefix + "embeddings.patch_embedding.weight"];
        _positionEmbedding = table[Prefix + "embeddings.position_embedding.weight"];
        _preNorm = LayerNorm.From(table, Prefix + "pre_layrnorm", _config.LayerNormEpsilon);
        _layers = [.. Enumerable.Range(0, config.VisionBlockCount).Select(i => new ClipEncoderLayer(_config, table, i))];
    }

    /// <summary>Features of the configured layer.</summary>
    /// <param name="pixels">(B, channels, size, size), any float dtype.</param>
    /// <returns>(B, P, D), or (B, P + 1, D) with the strategy "full"; in the dtype of the weights.</returns>
    internal Tensor Forward(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        Tensor x = Embed(pixels.to(_patchEmbedding.Value.dtype));
        x = _preNorm.Forward(x);
        foreach (ClipEncoderLayer layer in _layers)
        {
            x = layer.Forward(x);
        }

        if (_dropsClassToken)
        {
            x = x.narrow(1, 1, x.shape[1] - 1).contiguous();
        }

        return x.MoveToOuterDisposeScope();
    }

    private Tensor Embed(Tensor pixels)
    {
        Tensor patches = nn.functional.conv2d(
            pixels, _patchEmbedding.Value, strides: [_config.PatchSize, _config.PatchSize]);
        patches = patches.flatten(2).transpose(1, 2);
        Tensor classToken = _classEmbedding.Value.expand(pixels.shape[0], 1, _config.HiddenSize);
        return cat([classToken, patches], 1) + _positionEmbedding.Value;
    }
}
