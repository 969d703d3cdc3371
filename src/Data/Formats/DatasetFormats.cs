using NSft.Collectives;
using NSft.Data.Formats.Entries;
using NSft.Data.Formats.LlamaFactory;
using NSft.Data.Formats.Rows;

namespace NSft.Data.Formats;

/// <summary>All formats, by name and by look.</summary>
public static class DatasetFormats
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["llava-instruct"] = "llava",
        ["povid"] = "sima",
        ["sharegpt"] = "llamafactory",
        ["swift"] = "ms-swift",
    };

    /// <summary>Every format once.</summary>
    public static IReadOnlyList<IDatasetFormat> All { get; } =
    [
        new NsftFormat(),
        new LlavaFormat(),
        new SevaFormat(),
        new RlhfVFormat(),
        new RlaifVFormat(),
        new TrlFormat(),
        new SwiftFormat(),
        new SimaFormat(),
        new TurnsFormat(),
        new LlamaFactoryFormat(),
        new HaDpoFormat(),
        new OcrVqaFormat(),
        new TextCapsFormat(),
    ];

    /// <summary>The format of a name.</summary>
    /// <exception cref="UserInputException">No format is called so; the message lists those that are.</exception>
    public static IDatasetFormat ByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string known = Aliases.GetValueOrDefault(name, name);
        return All.FirstOrDefault(format => format.Name == known)
            ?? throw new UserInputException($"'{name}' is no data set format; choose one of {string.Join(", ", All.Select(format => format.Name))}");
    }

    /// <summary>The format that a file looks like.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <exception cref="UserInputException">The path is missing, or looks like no format or like several.</exception>
    public static IDatasetFormat Detect(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UserInputException($"{path}: no such file");
        }

        FileProbe probe = FileProbe.Of(path);
        List<IDatasetFormat> candidates = [.. All.Where(format => format is DatasetFormat known ? known.Fits(probe) : format.Recognises(path))];
        return candidates.Count switch
        {
            1 => candidates[0],
            0 => throw new UserInputException($"{path}: no known format; name it with --from ({string.Join(", ", All.Select(format => format.Name))})"),
            _ => throw new UserInputException(
                $"{path}: this may be {string.Join(" or ", candidates.Select(format => format.Name))}; name the format with --from"),
        };
    }
}
