using System.Text.Json;
using System.Text.Json.Nodes;
using NSft.Collectives;
using NSft.Model.Serialization;
using static TorchSharp.torch;

namespace NSft.Model.Weights;

/// <summary>Writes a model directory that Hugging Face can open: weights, config and the source's other files.</summary>
/// <remarks>Everything is written into a folder beside the target's files and moved in at the end, config.json last; the bytes depend
/// on the weights and the options alone.</remarks>
internal static class LlavaModelSaver
{
    private const string ConfigFile = "config.json";

    private static readonly string[] CopiedPatterns =
    [
        "generation_config.json", "preprocessor_config.json", "processor_config.json", "tokenizer*", "special_tokens_map.json",
        "added_tokens.json", "chat_template*",
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Saves parameters under the config and files of the directory that they came from.</summary>
    internal static void Save(
        string directory, IReadOnlyList<ModelParameter> parameters, string sourceDirectory, CheckpointNaming sourceNaming, SaveOptions options)
    {
        JsonObject config = ReadConfig(Path.Combine(sourceDirectory, ConfigFile));
        ScalarType dtype = options.Dtype ?? TorchDtypes.FromConfigName(DtypeOf(config));
        CheckpointNaming naming = options.Naming ?? sourceNaming;
        Directory.CreateDirectory(directory);
        string staging = Path.Combine(directory, $".saving-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(staging);
            using FrozenOriginals originals = new(sourceDirectory);
            TensorSource[] tensors =
            [
                .. parameters
                    .Select(parameter => Source(parameter, originals, dtype, naming))
                    .OrderBy(static tensor => tensor.Name, StringComparer.Ordinal),
            ];
            SafetensorsModelWriter.Write(staging, tensors, options.MaxShardBytes);
            CopyOthers(sourceDirectory, staging);
            SetDtype(config, TorchDtypes.ConfigName(dtype));
            File.WriteAllText(Path.Combine(staging, ConfigFile), config.ToJsonString(Indented) + "\n");
            MoveIn(staging, directory);
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    private static TensorSource Source(ModelParameter parameter, FrozenOriginals originals, ScalarType dtype, CheckpointNaming naming) =>
        new(LlavaCheckpointNames.ToFile(parameter.Name, naming), TorchDtypes.ToFile(dtype), parameter.Shape, stream =>
        {
            using var scope = NewDisposeScope();
            using IDisposable noGrad = no_grad();
            Tensor values = originals.Read(parameter, dtype) ?? parameter.Tensor.detach().to(dtype, CPU);
            stream.Write(values.contiguous().bytes);
        });

    private static JsonObject ReadConfig(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new UserInputException($"{path}: is not a JSON object.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserInputException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    private static string DtypeOf(JsonObject config) =>
        (config["dtype"] ?? config["torch_dtype"] ?? config["text_config"]?["dtype"] ?? config["text_config"]?["torch_dtype"])
            ?.GetValue<string>() ?? "float32";

    private static void SetDtype(JsonObject config, string name)
    {
        string key = config.ContainsKey("torch_dtype") ? "torch_dtype" : "dtype";
        config[key] = name;
        foreach (string section in new[] { "text_config", "vision_config" })
        {
            foreach (string nested in new[] { "dtype", "torch_dtype" })
            {
                if (config[section] is JsonObject inner && inner.ContainsKey(nested))
                {
                    inner[nested] = name;
                }
            }
        }
    }

    private static void CopyOthers(string sourceDirectory, string staging)
    {
        foreach (string path in CopiedPatterns.SelectMany(pattern => Directory.GetFiles(sourceDirectory, pattern)))
        {
            string target = Path.Combine(staging, Path.GetFileName(path));
            File.WriteAllBytes(target, File.ReadAllBytes(path));
        }
    }

    private static void MoveIn(string staging, string directory)
    {
        string[] names = [.. Directory.GetFiles(staging).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        foreach (string old in Directory.GetFiles(directory, "model*.safetensors*"))
        {
            if (!names.Contains(Path.GetFileName(old)))
            {
                File.Delete(old);
            }
        }

        foreach (string name in names.OrderBy(static name => name == ConfigFile))
        {
            File.Move(Path.Combine(staging, name), Path.Combine(directory, name), overwrite: true);
        }
    }
}
