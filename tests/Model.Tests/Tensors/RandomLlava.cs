using System.Globalization;
using System.Runtime.InteropServices;
using NSft.Model.Configuration;
using NSft.Model.Serialization;
using NSft.Model.Weights;

namespace NSft.Model.Tests.Tensors;

/// <summary>Writes small random LLaVA checkpoints of chosen shape.</summary>
internal sealed record RandomLlava
{
    internal int KeyValueHeadCount { get; init; } = 2;

    internal bool IsTied { get; init; }

    internal double RopeTheta { get; init; } = 500000;

    internal int FeatureLayer { get; init; } = -2;

    internal string Strategy { get; init; } = "default";

    internal CheckpointNaming Naming { get; init; } = CheckpointNaming.Hub;

    internal TensorDtype Dtype { get; init; } = TensorDtype.Float32;

    /// <summary>Values of every tensor by hub name.</summary>
    internal Dictionary<string, float[]> Values { get; } = new(StringComparer.Ordinal);

    internal LlavaConfig Write(string directory, Func<IEnumerable<TensorSource>, IEnumerable<TensorSource>>? edit = null, long maxShardBytes = long.MaxValue)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "config.json"), Config());
        LlavaConfig config = LlavaConfig.Load(directory);
        uint state = 12345;
        IEnumerable<TensorSource> tensors = LlavaParameterLayout.Of(config).Select(tensor =>
        {
            bool isNorm = tensor.Name.Contains("norm", StringComparison.Ordinal) && tensor.Name.EndsWith("weight", StringComparison.Ordinal);
            var values = new float[tensor.Shape.Aggregate(1L, static (a, b) => a * b)];
            for (int i = 0; i < values.Length; i++)
            {
                state = (state * 1664525) + 1013904223;
                values[i] = Round(((state >> 8) / (float)(1 << 24) * 0.6f) - 0.3f + (isNorm ? 1 : 0));
            }

            Values[tensor.Name] = values;
            return new TensorSource(LlavaCheckpointNames.ToFile(tensor.Name, Naming), Dtype, tensor.Shape, Bytes(values));
        });
        SafetensorsModelWriter.Write(directory, [.. edit is null ? tensors : edit(tensors)], maxShardBytes);
        return config;
    }

    private float Round(float value) => Dtype switch
    {
        TensorDtype.BFloat16 => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000),
        TensorDtype.Float16 => (float)(Half)value,
        _ => value,
    };

    private byte[] Bytes(float[] values) => Dtype switch
    {
        TensorDtype.BFloat16 => MemoryMarshal.AsBytes<ushort>(
            values.Select(static v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)).ToArray()).ToArray(),
        TensorDtype.Float16 => MemoryMarshal.AsBytes<Half>(values.Select(static v => (Half)v).ToArray()).ToArray(),
        _ => MemoryMarshal.AsBytes<float>(values).ToArray(),
    };

    private string Config() => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "architectures": ["LlavaForConditionalGeneration"], "model_type": "llava", "dtype": "{{DtypeName}}",
          "image_token_index": 60, "projector_hidden_act": "gelu", "vision_feature_layer": {{FeatureLayer}},
          "vision_feature_select_strategy": "{{Strategy}}", "tie_word_embeddings": {{(IsTied ? "true" : "false")}},
          "text_config": {
            "model_type": "llama", "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
            "num_key_value_heads": {{KeyValueHeadCount}}, "head_dim": 8, "vocab_size": 64, "max_position_embeddings": 64,
            "rms_norm_eps": 1e-05, "rope_theta": {{RopeTheta}}, "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 61,
            "tie_word_embeddings": {{(IsTied ? "true" : "false")}}
          },
          "vision_config": {
            "model_type": "clip_vision_model", "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 3,
            "num_attention_heads": 2, "image_size": 8, "patch_size": 4, "num_channels": 3, "hidden_act": "quick_gelu",
            "layer_norm_eps": 1e-05
          }
        }
        """);

    private string DtypeName => Dtype switch
    {
        TensorDtype.BFloat16 => "bfloat16",
        TensorDtype.Float16 => "float16",
        _ => "float32",
    };
}
