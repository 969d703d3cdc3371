using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Collectives.Files;
using NSft.Model.Serialization;
using static TorchSharp.torch;

namespace NSft.Model.Adapters;

/// <summary>Writes an adapter as a folder that PEFT opens; weights in float32, config last.</summary>
internal static class PeftWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static void Write(string directory, LoraAdapter adapter, string baseModel)
    {
        Directory.CreateDirectory(directory);
        IEnumerable<TensorSource> tensors = adapter.Parameters
            .Select(parameter => Source(parameter, adapter.UsesHubModuleNames))
            .OrderBy(static tensor => tensor.Name, StringComparer.Ordinal);
        SafetensorsWriter.Write(Path.Combine(directory, PeftReader.WeightsFile), tensors, SafetensorsWriter.PyTorchMetadata);
        string config = Config(adapter.Settings, baseModel).ToJsonString(Indented) + "\n";
        AtomicFile.Write(Path.Combine(directory, PeftConfigReader.FileName), System.Text.Encoding.UTF8.GetBytes(config));
    }

    private static TensorSource Source(ModelParameter parameter, bool usesHubModuleNames) =>
        new(LoraNames.ToPeft(parameter.Name, usesHubModuleNames), TensorDtype.Float32, parameter.Shape, stream =>
        {
            using var scope = NewDisposeScope();
            using IDisposable noGrad = no_grad();
            stream.Write(parameter.Tensor.detach().to(ScalarType.Float32, CPU).contiguous().bytes);
        });

    private static JsonObject Config(LoraSettings settings, string baseModel) => new()
    {
        ["peft_type"] = "LORA",
        ["base_model_name_or_path"] = baseModel,
        ["task_type"] = null,
        ["inference_mode"] = true,
        ["r"] = settings.Rank,
        ["lora_alpha"] = Number(settings.Alpha),
        ["lora_dropout"] = 0.0,
        ["bias"] = "none",
        ["use_rslora"] = settings.UsesRankStabilizedScale,
        ["use_dora"] = false,
        ["fan_in_fan_out"] = false,
        ["init_lora_weights"] = true,
        ["modules_to_save"] = null,
        ["target_modules"] = Modules(settings.TargetModules, settings.TargetExpression),
        ["exclude_modules"] = Modules(settings.ExcludeModules, settings.ExcludeExpression),
        ["rank_pattern"] = Patterns(settings.RankPattern, static value => JsonValue.Create(value)),
        ["alpha_pattern"] = Patterns(settings.AlphaPattern, Number),
    };

    // PEFT takes an int or a float; whole numbers look the way PEFT writes them.
    private static JsonValue Number(double value) =>
        value == Math.Floor(value) && Math.Abs(value) < int.MaxValue ? JsonValue.Create((int)value) : JsonValue.Create(value);

    private static JsonNode? Modules(IReadOnlyList<string> endings, string? expression) =>
        expression is not null ? JsonValue.Create(expression)
        : endings.Count > 0 ? new JsonArray([.. endings.Select(static ending => (JsonNode)ending)])
        : null;

    private static JsonObject Patterns<T>(IReadOnlyDictionary<string, T> patterns, Func<T, JsonValue> write) =>
        new(patterns.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)write(item.Value))));
}
