using NSft.Collectives;
using NSft.Data;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>How rows are written.</summary>
/// <param name="Format">The format.</param>
/// <param name="ImageDirectory">Folder for images that rows hold themselves, or null.</param>
/// <param name="SetName">Name of the set in a registry, or null for the file's.</param>
/// <param name="IsStrict">Whether a row that cannot be read or written is an error.</param>
internal sealed record DatasetOutput(IDatasetFormat Format, string? ImageDirectory, string? SetName, bool IsStrict)
{
    /// <summary>Folder of the images that are put into the rows, or null.</summary>
    public string? EmbedDirectory { get; init; }

    /// <summary>Refuses to write over what is read.</summary>
    public static void RefuseItself(string input, string output)
    {
        if (Path.GetFullPath(input).TrimEnd('/') == Path.GetFullPath(output).TrimEnd('/'))
        {
            throw new UserInputException($"--out {output}: is the data itself; name another place");
        }
    }

    /// <summary>A file name for rows of a data set in this format: with the data's own ending where the format stays the same.</summary>
    public string FileName(string name, DatasetInput input)
    {
        bool isSame = input.Format.Name == Format.Name;
        return isSame && Path.GetExtension(input.Path) is { Length: > 0 } ending && File.Exists(input.Path) ? name + ending
            : isSame && Directory.Exists(input.Path) && !File.Exists(Path.Combine(input.Path, "dataset_info.json")) ? name
            : name + ".json";
    }

    /// <summary>The rows of a data set; one that cannot be read is left out, or an error.</summary>
    public IEnumerable<DatasetRecord> Read(DatasetInput input, SkippedRows skipped)
    {
        foreach (RecordRead read in input.Read())
        {
            if (read.Record is { } record)
            {
                yield return record;
            }
            else
            {
                LeaveOut(read.Problem!, skipped);
            }
        }
    }

    /// <summary>Leaves a row out, or refuses to.</summary>
    /// <exception cref="UserInputException">Rows that cannot be carried are errors.</exception>
    public void LeaveOut(RowProblem problem, SkippedRows skipped) =>
        skipped.Add(IsStrict ? throw new UserInputException(problem.ToString()) : problem);

    /// <summary>Writes rows; the file appears whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="records">The rows, taken one by one.</param>
    /// <param name="source">What problems of rows call their file.</param>
    /// <param name="skipped">Takes the rows that the format cannot hold.</param>
    /// <returns>Rows written.</returns>
    /// <exception cref="UserInputException">Not one row could be written.</exception>
    public long Write(string path, IEnumerable<DatasetRecord> records, string source, SkippedRows skipped)
    {
        long taken = 0;
        long leftOut = 0;
        IEnumerable<DatasetRecord> Counted()
        {
            foreach (DatasetRecord record in records)
            {
                taken++;
                yield return record;
            }

            if (taken == leftOut)
            {
                string reason = skipped.First.Count > 0 ? $"; {skipped.First[0]}" : "";
                throw new UserInputException($"--out {path}: not one row could be written as {Format.Name}{reason}");
            }
        }

        void Refuse(RowProblem problem)
        {
            leftOut++;
            skipped.Add(problem with { File = source });
        }

        Format.Write(path, Counted(), new DatasetWriteOptions
        {
            ImageDirectory = ImageDirectory,
            EmbedDirectory = EmbedDirectory,
            SetName = SetName,
            LeftOut = IsStrict ? null : Refuse,
        });
        return taken - leftOut;
    }
}
