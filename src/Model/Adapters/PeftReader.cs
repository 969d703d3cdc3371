using NSft.Model.Language;
using NSft.Model.Serialization;
using NSft.Model.Weights;
using static TorchSharp.torch;

namespace NSft.Model.Adapters;

/// <summary>Reads a PEFT LoRA folder strictly: the file's tensors must be exactly those that its config asks for.</summary>
internal static class PeftReader
{
    internal const string WeightsFile = "adapter_model.safetensors";

    /// <exception cref="NSft.Collectives.UserInputException">Folder or tensors are missing, unexpected or misshapen; all are named.</exception>
    internal static LoraAdapter Read(string directory, IReadOnlyList<DecoderLinear> linears, ParameterTable table)
    {
        LoraSettings settings = PeftConfigReader.Read(directory);
        string path = Path.Combine(directory, WeightsFile);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        DecoderLinear[] targets = [.. linears.Where(linear => settings.Targets(LoraNames.ModuleNames(linear.Name)))];
        Dictionary<string, TensorEntry> entries = Match(file, path, settings, targets);
        var adapter = new LoraAdapter(settings, table, file.Entries.Keys.Any(LoraNames.IsHubForm));
        using IDisposable noGrad = no_grad();
        foreach (DecoderLinear linear in targets)
        {
            Tensor weight = linear.Weight.Tensor;
            adapter.Attach(linear, Load(linear.Name + LoraNames.DownSuffix), Load(linear.Name + LoraNames.UpSuffix));

            Tensor Load(string name) => TorchDtypes.Read(entries[name], file.Read, weight.dtype, weight.device);
        }

        return adapter;
    }

    private static Dictionary<string, TensorEntry> Match(
        SafetensorsFile file, string path, LoraSettings settings, DecoderLinear[] targets)
    {
        var problems = new WeightProblems(path);
        var expected = new Dictionary<string, long[]>(StringComparer.Ordinal);
        foreach (DecoderLinear linear in targets)
        {
            int rank = settings.RankOf(LoraNames.ModuleNames(linear.Name));
            expected.Add(linear.Name + LoraNames.DownSuffix, [rank, linear.Weight.Shape[1]]);
            expected.Add(linear.Name + LoraNames.UpSuffix, [linear.Weight.Shape[0], rank]);
        }

        var found = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (TensorEntry entry in file.Entries.Values.OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            string? name = LoraNames.FromPeft(entry.Name);
            if (name is null || !expected.TryGetValue(name, out long[]? shape))
            {
                problems.AddUnexpected(entry.Name);
            }
            else if (!entry.Shape.AsSpan().SequenceEqual(shape))
            {
                problems.AddShape(entry.Name, entry.Shape, shape);
            }
            else if (TorchDtypes.FromFile(entry.Dtype) is null)
            {
                problems.AddDtype(entry.Name, entry.Dtype.HeaderName());
            }
            else if (!found.TryAdd(name, entry))
            {
                problems.AddDuplicate(entry.Name);
            }
        }

        AddMissing(file, expected.Keys, problems);
        problems.ThrowIfAny();
        return found;
    }

    private static void AddMissing(SafetensorsFile file, IEnumerable<string> expected, WeightProblems problems)
    {
        HashSet<string?> present = [.. file.Entries.Keys.Select(LoraNames.FromPeft)];
        foreach (string name in expected.Where(name => !present.Contains(name)))
        {
            problems.AddMissing(LoraNames.ToPeft(name, usesHubModuleNames: false));
        }
    }
}
