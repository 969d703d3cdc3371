using System.Text.Json;
using NSft.Model.Serialization;
using NSft.Model.Weights;
using NSft.Tests;
using static TorchSharp.torch;

namespace NSft.Model.Tests.Tensors;

/// <summary>The reference fixture tests/fixtures/llava-tiny.</summary>
internal static class TinyLlava
{
    internal static string Root { get; } = RepositoryPaths.At("tests", "fixtures", "llava-tiny");

    internal static string ModelDirectory { get; } = Path.Combine(Root, "model");

    internal static string AdapterDirectory { get; } = Path.Combine(Root, "lora");

    internal static LlavaModel Load(string? adapter = null, ScalarType dtype = ScalarType.Float32) =>
        LlavaModel.Load(ModelDirectory, new ModelLoadOptions(dtype, CPU, adapter));

    internal static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, file))).RootElement;

    /// <summary>All tensors of a fixture file.</summary>
    internal static Dictionary<string, Tensor> Tensors(string file)
    {
        using SafetensorsFile content = SafetensorsFile.Open(Path.Combine(Root, file));
        return content.Entries.Values.ToDictionary(
            static entry => entry.Name,
            entry =>
            {
                Tensor target = empty(entry.Shape, entry.Dtype == TensorDtype.Int64 ? ScalarType.Int64 : ScalarType.Float32);
                content.Read(entry, target.bytes);
                return target;
            });
    }

    /// <summary>Name in the fixture's gradient table of a parameter.</summary>
    internal static string CurrentName(string hubName) =>
        LlavaCheckpointNames.ToFile(hubName, new CheckpointNaming(IsCurrent: true, HasVisionModel: false));

    internal static double MaxDifference(Tensor left, Tensor right) =>
        (left.to(ScalarType.Float64) - right.to(ScalarType.Float64)).abs().max().item<double>();
}
