using NSft.Collectives;
using NSft.Model.Serialization;
using static TorchSharp.torch;

namespace NSft.Model.Weights;

/// <summary>The vision tower's tensors as the source checkpoint holds them: it is never trained, and a model that computes in a
/// narrower dtype would save it rounded.</summary>
internal sealed class FrozenOriginals : IDisposable
{
    private readonly SafetensorsDirectory? _files;
    private readonly Dictionary<string, TensorEntry> _byName = new(StringComparer.Ordinal);

    internal FrozenOriginals(string sourceDirectory)
    {
        try
        {
            _files = SafetensorsDirectory.Open(sourceDirectory);
        }
        catch (UserInputException)
        {
            // The source is gone or was replaced: what is in memory is saved.
            return;
        }

        foreach (TensorEntry entry in _files.Entries.Values)
        {
            if (LlavaCheckpointNames.ToHub(entry.Name) is { } name)
            {
                _byName.TryAdd(name, entry);
            }
        }
    }

    /// <summary>The original in a dtype, or null when the parameter in memory is as good.</summary>
    internal Tensor? Read(ModelParameter parameter, ScalarType dtype)
    {
        bool isOriginal = parameter.Part == ModelPart.VisionTower && !parameter.IsReplaced;
        return isOriginal
            && _byName.TryGetValue(parameter.Name, out TensorEntry? entry)
            && entry.Shape.AsSpan().SequenceEqual(parameter.Shape)
            && TorchDtypes.FromFile(entry.Dtype) is { } stored
            && stored != parameter.Tensor.dtype
                ? TorchDtypes.Read(entry, _files!.Read, dtype, CPU)
                : null;
    }

    public void Dispose() => _files?.Dispose();
}
