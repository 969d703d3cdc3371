using static TorchSharp.torch;

namespace NSft.Model.Generation;

/// <summary>Frozen vision features by image path. Each image is encoded alone, so its bits do not depend on its company.</summary>
/// <remarks>Safe from several threads. With a bound, the features used longest ago are dropped and encoded again when asked for.</remarks>
public sealed class VisionFeatureCache : IDisposable
{
    private readonly LlavaModel _model;
    private readonly Func<string, float[]> _readPixels;
    private readonly int _maxImages;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Path, Tensor Features)>> _byPath = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Path, Tensor Features)> _byUse = new();

    /// <summary>An empty cache.</summary>
    /// <param name="model">Encodes; must outlive the cache.</param>
    /// <param name="readPixels">Reads and normalises an image file, for example an image processor's Process: (3, S, S), row-major.</param>
    /// <param name="maxImages">Most images kept; at least 1.</param>
    public VisionFeatureCache(LlavaModel model, Func<string, float[]> readPixels, int maxImages = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxImages, 1);
        _model = model;
        _readPixels = readPixels;
        _maxImages = maxImages;
    }

    /// <summary>Images held now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byUse.Count;
            }
        }
    }

    /// <summary>Features of one image.</summary>
    /// <param name="imagePath">JPEG or PNG file.</param>
    /// <returns>(1, P, Dv), compute dtype; the caller's handle on shared storage: dispose it, do not write to it.</returns>
    /// <exception cref="NSft.Collectives.UserInputException">The image cannot be read.</exception>
    public Tensor Get(string imagePath)
    {
        lock (_lock)
        {
            return Find(imagePath).alias();
        }
    }

    /// <summary>Features of several images, in order.</summary>
    /// <param name="imagePaths">JPEG or PNG files; repeats allowed; not empty.</param>
    /// <returns>(images, P, Dv), compute dtype; owned by the caller.</returns>
    /// <exception cref="NSft.Collectives.UserInputException">An image cannot be read.</exception>
    public Tensor Get(IReadOnlyList<string> imagePaths)
    {
        using var scope = NewDisposeScope();
        return cat([.. imagePaths.Select(Get)], 0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach ((_, Tensor features) in _byUse)
            {
                features.Dispose();
            }

            _byUse.Clear();
            _byPath.Clear();
        }
    }

    private Tensor Find(string imagePath)
    {
        if (_byPath.TryGetValue(imagePath, out LinkedListNode<(string Path, Tensor Features)>? node))
        {
            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value.Features;
        }

        Tensor features = Encode(imagePath);
        _byPath.Add(imagePath, _byUse.AddLast((imagePath, features)));
        if (_byUse.Count > _maxImages)
        {
            (string path, Tensor oldest) = _byUse.First!.Value;
            _byUse.RemoveFirst();
            _byPath.Remove(path);
            oldest.Dispose();
        }

        return features;
    }

    private Tensor Encode(string imagePath)
    {
        using var scope = NewDisposeScope();
        int side = _model.Config.Vision.ImageSize;
        Tensor pixels = tensor(_readPixels(imagePath), [1, 3, side, side]);
        return _model.EncodeImages(pixels).DetachFromDisposeScope();
    }
}
