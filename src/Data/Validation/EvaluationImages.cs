using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>The images of evaluations, found by path and by COCO number.</summary>
public sealed class EvaluationImages
{
    private readonly Dictionary<UInt128, int> _fileOfPath = [];
    private readonly Dictionary<long, int> _fileOfNumber = [];
    private readonly List<string> _files = [];

    /// <summary>Different paths and numbers taken in.</summary>
    public int Count => _fileOfPath.Count + _fileOfNumber.Count;

    /// <summary>Begins a file; the images added from here on are its.</summary>
    public void Begin(string file) => _files.Add(file);

    /// <summary>Takes in an image of the file begun last.</summary>
    public void Add(DatasetImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _fileOfPath.TryAdd(ImageKey.Of(image), _files.Count - 1);
        if (image.Path is { Length: > 0 } path && CocoName.NumberOf(path) is long number)
        {
            Add(number);
        }
    }

    /// <summary>Takes in a COCO number of the file begun last.</summary>
    public void Add(long cocoNumber) => _fileOfNumber.TryAdd(cocoNumber, _files.Count - 1);

    /// <summary>Where an image is evaluated, or null.</summary>
    public EvaluationImage? Find(DatasetImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (_fileOfPath.TryGetValue(ImageKey.Of(image), out int file))
        {
            return new EvaluationImage(_files[file], null);
        }

        return image.Path is { Length: > 0 } path && CocoName.NumberOf(path) is long number && _fileOfNumber.TryGetValue(number, out int other)
            ? new EvaluationImage(_files[other], number)
            : null;
    }
}
