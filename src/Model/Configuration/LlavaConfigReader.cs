using NSft.Collectives;

namespace NSft.Model.Configuration;

/// <summary>Reads config.json as Hugging Face transformers does: what a file leaves out has that library's default.</summary>
/// <remarks>Source: transformers 5.17, configuration_llava.py, configuration_llama.py, configuration_clip.py.</remarks>
internal static class LlavaConfigReader
{
    public const string FileName = "config.json";

    public static LlavaConfig Read(string modelDirectory)
    {
        if (!Directory.Exists(modelDirectory))
        {
            throw new UserInputException($"{modelDirectory}: the model directory does not exist.");
        }

        ConfigSection root = ConfigSection.ReadFile(Path.Combine(modelDirectory, FileName));
        string modelType = root.Text("model_type", "llava");
        if (modelType != "llava")
        {
            throw root.Unsupported("model_type", "only LLaVA checkpoints in Hugging Face form (model_type llava) can be read.");
        }

        if (root.Has("quantization_config"))
        {
            throw root.Unsupported("quantization_config", "quantised weights cannot be read.");
        }

        var config = new LlavaConfig
        {
            Text = ReadText(root, root.Section("text_config")),
            Vision = ReadVision(root.Section("vision_config")),
            ImageTokenId = root.Whole("image_token_index", root.Whole("image_token_id", 32000)),
            VisionFeatureLayer = ReadFeatureLayer(root),
            VisionFeatureSelectStrategy = root.Text("vision_feature_select_strategy", LlavaConfig.DropClassToken),
            ProjectorActivation = root.Text("projector_hidden_act", "gelu"),
            ProjectorBias = root.Flag("multimodal_projector_bias", true),
            Dtype = ReadDtype(root),
        };
        Check(root, config);
        return config;
    }

    private static LlamaConfig ReadText(ConfigSection root, ConfigSection? text)
    {
        bool tied = root.Flag("tie_word_embeddings", false);
        if (text is null)
        {
            return new LlamaConfig { TieWordEmbeddings = tied, PadTokenId = root.OptionalWhole("pad_token_id") };
        }

        var absent = new LlamaConfig();
        int hidden = text.Positive("hidden_size", absent.HiddenSize);
        int heads = text.Positive("num_attention_heads", absent.HeadCount);
        RefuseTextOptions(text, hidden, heads);
        return new LlamaConfig
        {
            HiddenSize = hidden,
            IntermediateSize = text.Positive("intermediate_size", absent.IntermediateSize),
            LayerCount = text.Positive("num_hidden_layers", absent.LayerCount),
            HeadCount = heads,
            KeyValueHeadCount = text.Positive("num_key_value_heads", heads),
            HeadSize = text.Positive("head_dim", hidden / heads),
            VocabularySize = text.Positive("vocab_size", absent.VocabularySize),
            MaxPositions = text.Positive("max_position_embeddings", absent.MaxPositions),
            RmsNormEpsilon = text.Real("rms_norm_eps", absent.RmsNormEpsilon),
            RopeTheta = ReadRopeTheta(text, absent.RopeTheta),
            TieWordEmbeddings = tied || text.Flag("tie_word_embeddings", false),
            BosTokenId = text.Whole("bos_token_id", absent.BosTokenId),
            EosTokenId = text.FirstWhole("eos_token_id", absent.EosTokenId),
            PadTokenId = text.OptionalWhole("pad_token_id") ?? root.OptionalWhole("pad_token_id"),
        };
    }

    private static void RefuseTextOptions(ConfigSection text, int hidden, int heads)
    {
        if (text.Text("model_type", "llama") != "llama")
        {
            throw text.Unsupported("model_type", "the language model must be llama.");
        }

        if (text.Text("hidden_act", "silu") is not ("silu" or "swish"))
        {
            throw text.Unsupported("hidden_act", "the decoder computes silu only.");
        }

        foreach (string bias in new[] { "attention_bias", "mlp_bias" })
        {
            if (text.Flag(bias, false))
            {
                throw text.Unsupported(bias, "the decoder's linear layers have no bias.");
            }
        }

        if (!text.Has("head_dim") && hidden % heads != 0)
        {
            throw text.Wrong("num_attention_heads", $"a divisor of hidden_size {hidden}");
        }
    }

    private static double ReadRopeTheta(ConfigSection text, double absent)
    {
        double theta = text.Real("rope_theta", absent);
        foreach (string name in new[] { "rope_scaling", "rope_parameters" })
        {
            ConfigSection? rope = text.Section(name);
            if (rope is null)
            {
                continue;
            }

            foreach (string kind in new[] { "rope_type", "type" })
            {
                if (rope.Text(kind, "default") != "default")
                {
                    throw rope.Unsupported(kind, "only the default rotary embedding is computed.");
                }
            }

            if (rope.Real("partial_rotary_factor", 1) != 1)
            {
                throw rope.Unsupported("partial_rotary_factor", "the rotary embedding turns whole heads.");
            }

            theta = rope.Real("rope_theta", theta);
        }

        return theta > 0 && double.IsFinite(theta) ? theta : throw text.Wrong("rope_theta", "a number above 0");
    }

    private static ClipVisionConfig ReadVision(ConfigSection? vision)
    {
        if (vision is null)
        {
            return ClipVisionConfig.LargeAt336;
        }

        if (vision.Text("model_type", "clip_vision_model") != "clip_vision_model")
        {
            throw vision.Unsupported("model_type", "the vision tower must be clip_vision_model.");
        }

        var absent = new ClipVisionConfig();
        var config = new ClipVisionConfig
        {
            HiddenSize = vision.Positive("hidden_size", absent.HiddenSize),
            IntermediateSize = vision.Positive("intermediate_size", absent.IntermediateSize),
            LayerCount = vision.Positive("num_hidden_layers", absent.LayerCount),
            HeadCount = vision.Positive("num_attention_heads", absent.HeadCount),
            ImageSize = vision.Positive("image_size", absent.ImageSize),
            PatchSize = vision.Positive("patch_size", absent.PatchSize),
            ChannelCount = vision.Positive("num_channels", absent.ChannelCount),
            LayerNormEpsilon = vision.Real("layer_norm_eps", absent.LayerNormEpsilon),
            HiddenActivation = vision.Text("hidden_act", absent.HiddenActivation),
        };
        if (config.HiddenActivation is not ("quick_gelu" or "gelu"))
        {
            throw vision.Unsupported("hidden_act", "the vision tower computes quick_gelu or gelu.");
        }

        if (config.ChannelCount != 3)
        {
            throw vision.Unsupported("num_channels", "images have 3 channels.");
        }

        if (config.HiddenSize % config.HeadCount != 0)
        {
            throw vision.Wrong("num_attention_heads", $"a divisor of hidden_size {config.HiddenSize}");
        }

        return config.PatchSize <= config.ImageSize ? config : throw vision.Wrong("patch_size", $"at most image_size {config.ImageSize}");
    }

    private static int ReadFeatureLayer(ConfigSection root)
        => !root.Has("vision_feature_layer") || root.IsNumber("vision_feature_layer")
            ? root.Whole("vision_feature_layer", -2)
            : throw root.Unsupported("vision_feature_layer", "features come from one layer.");

    private static string ReadDtype(ConfigSection root)
    {
        ConfigSection? text = root.Section("text_config");
        string dtype = root.Text("dtype", root.Text("torch_dtype", text?.Text("dtype", text.Text("torch_dtype", "")) ?? ""));
        dtype = dtype.StartsWith("torch.", StringComparison.Ordinal) ? dtype["torch.".Length..] : dtype;
        return dtype switch
        {
            "" or "auto" => "float32",
            "float32" or "bfloat16" or "float16" => dtype,
            _ => throw root.Unsupported(root.Has("dtype") ? "dtype" : "torch_dtype", "weights are float32, bfloat16 or float16."),
        };
    }

    private static void Check(ConfigSection root, LlavaConfig config)
    {
        if (config.VisionFeatureSelectStrategy is not (LlavaConfig.DropClassToken or LlavaConfig.KeepClassToken))
        {
            throw root.Unsupported("vision_feature_select_strategy", "it must be default or full.");
        }

        if (config.ProjectorActivation != "gelu")
        {
            throw root.Unsupported("projector_hidden_act", "the projector computes gelu only.");
        }

        if (config.VisionBlockCount < 0 || config.VisionBlockCount > config.Vision.LayerCount)
        {
            throw root.Wrong("vision_feature_layer", $"a layer of the vision tower's {config.Vision.LayerCount}");
        }

        if (config.Text.HeadCount % config.Text.KeyValueHeadCount != 0)
        {
            throw root.Unsupported("text_config", $"num_key_value_heads {config.Text.KeyValueHeadCount} does not divide num_attention_heads {config.Text.HeadCount}.");
        }

        if (config.Text.HeadSize % 2 != 0)
        {
            throw root.Unsupported("text_config", $"head size {config.Text.HeadSize} is odd; the rotary embedding needs an even one.");
        }

        if (config.ImageTokenId < 0 || config.ImageTokenId >= config.Text.VocabularySize)
        {
            throw root.Wrong("image_token_index", $"an id below the vocabulary size {config.Text.VocabularySize}");
        }
    }
}
