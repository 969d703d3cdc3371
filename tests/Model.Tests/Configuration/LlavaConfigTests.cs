using NSft.Collectives;
using NSft.Model.Configuration;
using NSft.Tests;

namespace NSft.Model.Tests.Configuration;

public class LlavaConfigTests
{
    [Fact]
    public void Load_TinyFixture_ReadsAllFields()
    {
        LlavaConfig config = LlavaConfig.Load(RepositoryPaths.At("tests", "fixtures", "llava-tiny", "model"));

        Assert.Equal(new LlamaConfig
        {
            HiddenSize = 96,
            IntermediateSize = 256,
            LayerCount = 3,
            HeadCount = 6,
            KeyValueHeadCount = 6,
            HeadSize = 16,
            VocabularySize = 704,
            MaxPositions = 512,
            RmsNormEpsilon = 1e-5,
            PadTokenId = 641,
        }, config.Text);
        Assert.Equal(new ClipVisionConfig { HiddenSize = 64, IntermediateSize = 128, LayerCount = 3, HeadCount = 4, ImageSize = 56, PatchSize = 14 }, config.Vision);
        Assert.Equal(640, config.ImageTokenId);
        Assert.Equal(16, config.ImageTokenCount);
        Assert.Equal(2, config.VisionBlockCount);
        Assert.Equal("float32", config.Dtype);
        Assert.Equal(641, config.PadTokenId);
    }

    [Fact]
    public void Load_ScenesModel_CountsImageTokensAndDtype()
    {
        LlavaConfig config = LlavaConfig.Load(RepositoryPaths.At("samples", "scenes", "model"));

        Assert.Equal(64, config.ImageTokenCount);
        Assert.Equal("bfloat16", config.Dtype);
    }

    [Fact]
    public void Load_HubConfigOfLlava7B_FillsInLlamaDefaults()
    {
        LlavaConfig config = Read("""
            { "model_type": "llava", "image_token_index": 32000, "pad_token_id": 32001, "tie_word_embeddings": false, "torch_dtype": "float16",
              "text_config": { "model_type": "llama", "max_position_embeddings": 4096, "rms_norm_eps": 1e-05, "torch_dtype": "float16", "vocab_size": 32064 },
              "vision_config": { "hidden_size": 1024, "image_size": 336, "intermediate_size": 4096, "model_type": "clip_vision_model",
                "num_attention_heads": 16, "num_hidden_layers": 24, "patch_size": 14, "projection_dim": 768, "vocab_size": 32000 } }
            """);

        Assert.Equal(new LlamaConfig { VocabularySize = 32064, MaxPositions = 4096, RmsNormEpsilon = 1e-5, PadTokenId = 32001 }, config.Text);
        Assert.Equal(ClipVisionConfig.LargeAt336, config.Vision);
        Assert.Equal(576, config.ImageTokenCount);
        Assert.Equal("float16", config.Dtype);
    }

    [Fact]
    public void Load_NothingGiven_HasTransformersDefaults()
    {
        LlavaConfig config = Read("""{ "text_config": { "vocab_size": 32064 } }""");

        Assert.Equal(1e-6, config.Text.RmsNormEpsilon);
        Assert.Equal(2048, config.Text.MaxPositions);
        Assert.Equal(ClipVisionConfig.LargeAt336, config.Vision);
        Assert.Equal(23, config.VisionBlockCount);
    }

    [Theory]
    [InlineData("\"rope_theta\": 500000.0", 500000)]
    [InlineData("\"rope_parameters\": { \"rope_theta\": 250000.0, \"rope_type\": \"default\" }", 250000)]
    [InlineData("\"rope_parameters\": { \"rope_type\": \"default\" }, \"rope_theta\": 7000", 7000)]
    [InlineData("\"rope_scaling\": null", 10000)]
    public void Load_RopeBaseInAnyPlace_IsRead(string field, double expected)
        => Assert.Equal(expected, Read($$"""{ "text_config": { "vocab_size": 32064, {{field}} } }""").Text.RopeTheta);

    [Fact]
    public void Load_GroupedHeads_DefaultToHeadCount()
    {
        LlavaConfig config = Read("""{ "text_config": { "vocab_size": 32064, "hidden_size": 64, "num_attention_heads": 8, "eos_token_id": [7, 9] } }""");
        Assert.Equal((8, 8, 7), (config.Text.KeyValueHeadCount, config.Text.HeadSize, config.Text.EosTokenId));
    }

    [Theory]
    [InlineData("\"tie_word_embeddings\": true", "")]
    [InlineData("\"tie_word_embeddings\": false", ", \"tie_word_embeddings\": true")]
    public void Load_TiedInEitherPlace_IsTied(string top, string text)
        => Assert.True(Read($$"""{ {{top}}, "text_config": { "vocab_size": 32064 {{text}} } }""").Text.TieWordEmbeddings);

    [Theory]
    [InlineData("""{ "model_type": "llava_llama" }""", "model_type")]
    [InlineData("""{ "text_config": { "rope_scaling": { "type": "linear", "factor": 2.0 } } }""", "text_config.rope_scaling.type")]
    [InlineData("""{ "text_config": { "rope_parameters": { "rope_type": "llama3" } } }""", "text_config.rope_parameters.rope_type")]
    [InlineData("""{ "text_config": { "attention_bias": true } }""", "text_config.attention_bias")]
    [InlineData("""{ "text_config": { "mlp_bias": true } }""", "text_config.mlp_bias")]
    [InlineData("""{ "text_config": { "hidden_act": "gelu" } }""", "text_config.hidden_act")]
    [InlineData("""{ "text_config": { "model_type": "mistral" } }""", "text_config.model_type")]
    [InlineData("""{ "text_config": { "hidden_size": "wide" } }""", "text_config.hidden_size must be a whole number")]
    [InlineData("""{ "text_config": { "num_key_value_heads": 5, "vocab_size": 40000 } }""", "num_key_value_heads 5")]
    [InlineData("""{ "text_config": { "vocab_size": 100 } }""", "image_token_index")]
    [InlineData("""{ "vision_config": { "hidden_act": "relu" } }""", "vision_config.hidden_act")]
    [InlineData("""{ "vision_feature_layer": [-2, -5] }""", "vision_feature_layer")]
    [InlineData("""{ "text_config": { "vocab_size": 32064 }, "vision_feature_layer": -26 }""", "vision_feature_layer")]
    [InlineData("""{ "vision_feature_select_strategy": "cls" }""", "vision_feature_select_strategy")]
    [InlineData("""{ "projector_hidden_act": "relu" }""", "projector_hidden_act")]
    [InlineData("""{ "dtype": "int8" }""", "dtype")]
    [InlineData("""{ "quantization_config": {} }""", "quantization_config")]
    [InlineData("[]", "JSON object")]
    [InlineData("{ \"text_config\": ", "not valid JSON")]
    public void Load_WhatCannotBeUsed_NamesFileAndField(string json, string named)
    {
        var error = Assert.Throws<UserInputException>(() => Read(json));

        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_NoDirectory_SaysSo()
        => Assert.Contains("/nowhere/at/all", Assert.Throws<UserInputException>(() => LlavaConfig.Load("/nowhere/at/all")).Message, StringComparison.Ordinal);

    private static LlavaConfig Read(string json)
    {
        using var folder = new TemporaryFolder();
        folder.WriteText("config.json", json);
        return LlavaConfig.Load(folder.Root);
    }
}
