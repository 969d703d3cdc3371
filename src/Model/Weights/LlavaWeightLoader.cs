using NSft.Model.Configuration;
using NSft.Model.Serialization;
using static TorchSharp.torch;

namespace NSft.Model.Weights;

/// <summary>Reads a checkpoint's tensors strictly: every name and shape must be the config's.</summary>
internal static class LlavaWeightLoader
{
    /// <summary>Reads all tensors of a model directory.</summary>
    /// <param name="modelDirectory">Hugging Face model directory.</param>
    /// <param name="config">Its config.</param>
    /// <param name="dtype">Dtype to store.</param>
    /// <param name="device">Where to.</param>
    /// <param name="table">Receives the parameters in forward order.</param>
    /// <returns>The form of names that the files use.</returns>
    /// <exception cref="NSft.Collectives.UserInputException">Missing, unexpected, misshapen tensors: all are named.</exception>
    internal static CheckpointNaming Load(
        string modelDirectory, LlavaConfig config, ScalarType dtype, Device device, ParameterTable table)
    {
        using SafetensorsDirectory files = SafetensorsDirectory.Open(modelDirectory);
        IReadOnlyList<ParameterSpecification> layout = LlavaParameterLayout.Of(config);
        var problems = new WeightProblems(modelDirectory);
        Dictionary<string, TensorEntry> found = Match(files, config, layout, problems);
        Check(layout, found, problems);
        problems.ThrowIfAny();

        using IDisposable noGrad = no_grad();
        foreach (ParameterSpecification tensor in layout)
        {
            if (found.TryGetValue(tensor.Name, out TensorEntry? entry))
            {
                table.Add(tensor.Name, tensor.Part, TorchDtypes.Read(entry, files.Read, dtype, device));
            }
        }

        return LlavaCheckpointNames.Detect(files.Entries.Keys);
    }

    private static Dictionary<string, TensorEntry> Match(
        SafetensorsDirectory files, LlavaConfig config, IReadOnlyList<ParameterSpecification> layout, WeightProblems problems)
    {
        HashSet<string> known = [.. layout.Select(static tensor => tensor.Name)];
        var found = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (TensorEntry entry in files.Entries.Values.OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            string? name = LlavaCheckpointNames.ToHub(entry.Name);
            bool isTiedHead = config.Text.TieWordEmbeddings && name == LlavaParameterLayout.HeadName;
            if (LlavaCheckpointNames.IsIgnorable(entry.Name) || isTiedHead)
            {
                continue;
            }

            if (name is null || !known.Contains(name))
            {
                problems.AddUnexpected(entry.Name);
            }
            else if (!found.TryAdd(name, entry))
            {
                problems.AddDuplicate(entry.Name);
            }
        }

        return found;
    }

    private static void Check(
        IReadOnlyList<ParameterSpecification> layout, Dictionary<string, TensorEntry> found, WeightProblems problems)
    {
        foreach (ParameterSpecification tensor in layout)
        {
            if (!found.TryGetValue(tensor.Name, out TensorEntry? entry))
            {
                if (tensor.IsRequired)
                {
                    problems.AddMissing(tensor.Name);
                }
            }
            else if (!entry.Shape.AsSpan().SequenceEqual(tensor.Shape))
            {
                problems.AddShape(entry.Name, entry.Shape, tensor.Shape);
            }
            else if (TorchDtypes.FromFile(entry.Dtype) is null)
            {
                problems.AddDtype(entry.Name, entry.Dtype.HeaderName());
            }
        }
    }
}
