using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>A data set that the user named.</summary>
/// <param name="Path">A file, or a folder where the format has several files.</param>
/// <param name="Format">How to read it.</param>
/// <param name="Options">What to read of it.</param>
internal sealed record DatasetInput(string Path, IDatasetFormat Format, DatasetReadOptions Options)
{
    /// <summary>Finds out how to read a path.</summary>
    /// <param name="option">Option that named it, for errors.</param>
    /// <param name="path">A file or a folder.</param>
    /// <param name="format">Name of its format, or null to tell by its look.</param>
    /// <param name="set">Name of the set in a registry, or null.</param>
    public static DatasetInput Open(string option, string path, string? format, string? set)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UserInputException($"{option} {path}: no such file");
        }

        IDatasetFormat found = format is null ? DatasetFormats.Detect(path) : DatasetFormats.ByName(format);
        return new DatasetInput(path, found, new DatasetReadOptions { SetName = set });
    }

    /// <summary>Every row, in file order.</summary>
    public IEnumerable<RecordRead> Read() => Format.Read(Path, Options);
}
