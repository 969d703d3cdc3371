using NSft.Model.Configuration;
using NSft.Model.Language;
using NSft.Model.Projection;
using NSft.Model.Vision;

namespace NSft.Model.Weights;

/// <summary>All tensors of a LLaVA by config, in forward order.</summary>
internal static class LlavaParameterLayout
{
    internal const string HeadName = "language_model.lm_head.weight";

    internal static IReadOnlyList<ParameterSpecification> Of(LlavaConfig config) =>
    [
        .. Vision(config), .. Projector(config), .. Decoder(config.Text), .. Head(config.Text),
    ];

    private static IEnumerable<ParameterSpecification> Vision(LlavaConfig config)
    {
        const ModelPart Part = ModelPart.VisionTower;
        const string Prefix = ClipVisionTower.Prefix;
        var tower = config.Vision;
        long width = tower.HiddenSize;
        yield return new(Prefix + "embeddings.class_embedding", Part, [width]);
        yield return new(
            Prefix + "embeddings.patch_embedding.weight", Part, [width, tower.ChannelCount, tower.PatchSize, tower.PatchSize]);
        yield return new(Prefix + "embeddings.position_embedding.weight", Part, [tower.PatchCount + 1, width]);
        foreach (ParameterSpecification norm in Pair(Prefix + "pre_layrnorm", Part, [width], isRequired: true))
        {
            yield return norm;
        }

        for (int i = 0; i < tower.LayerCount; i++)
        {
            string path = $"{Prefix}encoder.layers.{i}.";
            bool isRequired = i < config.VisionBlockCount;
            IEnumerable<ParameterSpecification> layer =
            [
                .. Pair(path + "layer_norm1", Part, [width], isRequired),
                .. Pair(path + "self_attn.q_proj", Part, [width, width], isRequired),
                .. Pair(path + "self_attn.k_proj", Part, [width, width], isRequired),
                .. Pair(path + "self_attn.v_proj", Part, [width, width], isRequired),
                .. Pair(path + "self_attn.out_proj", Part, [width, width], isRequired),
                .. Pair(path + "layer_norm2", Part, [width], isRequired),
                .. Pair(path + "mlp.fc1", Part, [tower.IntermediateSize, width], isRequired),
                .. Pair(path + "mlp.fc2", Part, [width, tower.IntermediateSize], isRequired),
            ];
            foreach (ParameterSpecification tensor in layer)
            {
                yield return tensor;
            }
        }

        foreach (ParameterSpecification norm in Pair(Prefix + "post_layernorm", Part, [width], isRequired: false))
        {
            yield return norm;
        }
    }

    private static IEnumerable<ParameterSpecification> Projector(LlavaConfig config)
    {
        long width = config.Text.HiddenSize;
        foreach ((string name, long inner) in new[] { ("linear_1", (long)config.Vision.HiddenSize), ("linear_2", width) })
        {
            string path = MultiModalProjector.Prefix + name;
            yield return new(path + ".weight", ModelPart.Projector, [width, inner]);
            if (config.ProjectorBias)
            {
                yield return new(path + ".bias", ModelPart.Projector, [width]);
            }
        }
    }

    private static IEnumerable<ParameterSpecification> Decoder(LlamaConfig config)
    {
        const ModelPart Part = ModelPart.Decoder;
        const string Prefix = LlamaDecoder.Prefix;
        long width = config.HiddenSize;
        long queries = (long)config.HeadCount * config.HeadSize;
        long keys = (long)config.KeyValueHeadCount * config.HeadSize;
        yield return new(Prefix + "embed_tokens.weight", Part, [config.VocabularySize, width]);
        for (int i = 0; i < config.LayerCount; i++)
        {
            string path = $"{Prefix}layers.{i}.";
            yield return new(path + "input_layernorm.weight", Part, [width]);
            yield return new(path + "self_attn.q_proj.weight", Part, [queries, width]);
            yield return new(path + "self_attn.k_proj.weight", Part, [keys, width]);
            yield return new(path + "self_attn.v_proj.weight", Part, [keys, width]);
            yield return new(path + "self_attn.o_proj.weight", Part, [width, queries]);
            yield return new(path + "post_attention_layernorm.weight", Part, [width]);
            yield return new(path + "mlp.gate_proj.weight", Part, [config.IntermediateSize, width]);
            yield return new(path + "mlp.up_proj.weight", Part, [config.IntermediateSize, width]);
            yield return new(path + "mlp.down_proj.weight", Part, [width, config.IntermediateSize]);
        }

        yield return new(Prefix + "norm.weight", Part, [width]);
    }

    private static IEnumerable<ParameterSpecification> Head(LlamaConfig config)
    {
        if (!config.TieWordEmbeddings)
        {
            yield return new(HeadName, ModelPart.Head, [config.VocabularySize, config.HiddenSize]);
        }
    }

    private static IEnumerable<ParameterSpecification> Pair(string path, ModelPart part, long[] weight, bool isRequired) =>
    [
        new(path + ".weight", part, weight, isRequired),
        new(path + ".bias", part, [weight[0]], isRequired),
    ];
}
