using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace NSft.Evaluation.Running;

/// <summary>
/// Features of images by path. The vision tower is frozen, so models trained from one start share them. Safe from any thread.
/// </summary>
public sealed class ImageFeatures : IDisposable
{
    private readonly ConcurrentDictionary<string, Tensor> _byPath = new(StringComparer.Ordinal);

    /// <summary>Images held.</summary>
    public int Count => _byPath.Count;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor features in _byPath.Values)
        {
            features.Dispose();
        }

        _byPath.Clear();
    }

    /// <summary>The features of an image; encoded now when they are not held.</summary>
    /// <returns>(1, P, Dv); owned by this store.</returns>
    internal Tensor Get(string path, ModelReplica replica)
    {
        if (_byPath.TryGetValue(path, out Tensor? found))
        {
            return found;
        }

        Tensor fresh = replica.EncodeImage(path);
        Tensor kept = _byPath.GetOrAdd(path, fresh);
        if (!ReferenceEquals(kept, fresh))
        {
            fresh.Dispose();
        }

        return kept;
    }
}
