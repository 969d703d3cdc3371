using NSft.Collectives;
using NSft.Data;
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

    /// <summary>Every row up to where the file breaks; the break itself is the last row's problem, so that what was found before is not lost.</summary>
    /// <exception cref="UserInputException">Not one row can be read.</exception>
    public IEnumerable<RecordRead> ReadToBreak()
    {
        using IEnumerator<RecordRead> rows = Read().GetEnumerator();
        int row = 0;
        RowProblem? broken = null;
        while (broken is null)
        {
            try
            {
                if (!rows.MoveNext())
                {
                    yield break;
                }
            }
            catch (UserInputException exception) when (row > 0)
            {
                string prefix = Path + ": ";
                string reason = exception.Message.StartsWith(prefix, StringComparison.Ordinal) ? exception.Message[prefix.Length..] : exception.Message;
                broken = new RowProblem(Path, row + 1, null, reason.TrimEnd('.'), "mend the file: nothing behind this place was read");
            }

            if (broken is null)
            {
                row = rows.Current.Record?.Row ?? rows.Current.Problem!.Row;
                yield return rows.Current;
            }
        }

        yield return new RecordRead(null, broken);
    }
}
