// P features of an image, D width of the vision tower, S image side.
using NSft.Collectives;
using NSft.Model;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>Frozen vision features in a temporary file: each image is encoded once, alone, and no tensor is kept.</summary>
/// <remarks>
/// The operating system caches what fits; a 7B model's features (1.2 MB an image) would not fit in memory for a whole data set.
/// One thread at a time. The file has no name any more as soon as it is open, so nothing is left when the process is killed.
/// </remarks>
internal sealed class VisionFeatureSpool : IDisposable
{
    private readonly LlavaModel _model;
    private readonly Func<string, float[]> _readPixels;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly long[] _shape;
    private readonly int _bytes;
    private readonly string _path;
    private FileStream? _file;

    /// <summary>An empty spool.</summary>
    /// <param name="model">Encodes images; must outlive the spool.</param>
    /// <param name="readPixels">Reads an image file as normalised pixels (3, S, S), row-major.</param>
    internal VisionFeatureSpool(LlavaModel model, Func<string, float[]> readPixels)
    {
        _model = model;
        _readPixels = readPixels;
        _shape = [1, model.Config.ImageTokenCount, model.Config.Vision.HiddenSize];
        _bytes = checked((int)(_shape[1] * _shape[2] * (model.ComputeDtype == ScalarType.Float32 ? 4 : 2)));
        _path = Path.Combine(Path.GetTempPath(), $"nsft-features-{Guid.NewGuid():N}.tmp");
    }

    /// <summary>Features of images, in order.</summary>
    /// <param name="imagePaths">At least one; repeats allowed.</param>
    /// <returns>(images, P, D), compute dtype, on the CPU; the caller's.</returns>
    /// <exception cref="UserInputException">An image cannot be read, or the temporary folder cannot hold the features.</exception>
    internal Tensor Get(IReadOnlyList<string> imagePaths)
    {
        Tensor features = empty([imagePaths.Count, _shape[1], _shape[2]], _model.ComputeDtype);
        try
        {
            Span<byte> bytes = features.bytes;
            for (int i = 0; i < imagePaths.Count; i++)
            {
                Fill(imagePaths[i], bytes.Slice(i * _bytes, _bytes));
            }

            return features;
        }
        catch (IOException error)
        {
            features.Dispose();
            throw new UserInputException($"{Path.GetDirectoryName(_path)}: the temporary folder cannot hold vision features: {error.Message}", error);
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Fill(string imagePath, Span<byte> destination)
    {
        _file ??= OpenUnnamed();
        if (_slots.TryGetValue(imagePath, out int slot))
        {
            _file.Position = (long)slot * _bytes;
            _file.ReadExactly(destination);
            return;
        }

        Encode(imagePath, destination);
        _file.Position = (long)_slots.Count * _bytes;
        _file.Write(destination);
        _slots.Add(imagePath, _slots.Count);
    }

    private FileStream OpenUnnamed()
    {
        var file = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite);
        File.Delete(_path);
        return file;
    }

    private void Encode(string imagePath, Span<byte> destination)
    {
        using var scope = NewDisposeScope();
        int side = _model.Config.Vision.ImageSize;
        using IDisposable cast = _model.CastForPass(_model.ComputeDtype);
        Tensor encoded = _model.EncodeImages(tensor(_readPixels(imagePath), [1, 3, side, side])).cpu().contiguous();
        encoded.bytes.CopyTo(destination);
    }
}
