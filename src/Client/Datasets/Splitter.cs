using NSft.Collectives;
using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>Writes the parts of a data set, reading it once for each: rows are never held.</summary>
/// <param name="input">The data.</param>
/// <param name="output">How parts are written.</param>
/// <param name="parts">The parts.</param>
/// <param name="seed">Seed.</param>
/// <param name="byImage">Whether all rows of an image go to one part.</param>
internal sealed class Splitter(DatasetInput input, DatasetOutput output, IReadOnlyList<SplitPart> parts, ulong seed, bool byImage)
{
    /// <summary>How often the data are read.</summary>
    public int PassCount => parts.Count + (byImage ? 1 : 0);

    /// <summary>Writes the parts into a folder.</summary>
    public SplitOutcome Run(string folder, RowProgress progress, CancellationToken cancellation)
    {
        SkippedRows ignored = new();
        ImageGroups? groups = null;
        if (byImage)
        {
            groups = new ImageGroups();
            foreach (DatasetRecord record in progress.Count(output.Read(input, ignored), cancellation))
            {
                groups.Observe(record);
            }
        }

        SplitPlan plan = new(parts, seed, groups);
        SkippedRows skipped = new();
        List<(string, string, long)> written = [];
        for (int part = 0; part < parts.Count; part++)
        {
            // Every pass meets the unreadable rows; they are reported once.
            IEnumerable<DatasetRecord> rows = progress.Count(output.Read(input, part == 0 ? skipped : ignored), cancellation);
            string file = output.FileName(parts[part].Name, input);
            long count = output.Write(Path.Combine(folder, file), Select(rows, plan, part), input.Path, skipped);
            written.Add((parts[part].Name, file, count));
        }

        return new SplitOutcome(written, skipped);
    }

    private IEnumerable<DatasetRecord> Select(IEnumerable<DatasetRecord> rows, SplitPlan plan, int part)
    {
        bool isEmpty = true;
        foreach (DatasetRecord record in rows.Where(record => plan.PartOf(record) == part))
        {
            isEmpty = false;
            yield return record;
        }

        if (isEmpty)
        {
            throw new UserInputException($"{input.Path}: part '{parts[part].Name}' gets no row; the data are too few for its share, or try another --seed");
        }
    }
}
