using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>An entry of a file that was expanded into several records; it can be written back when all of them are still together.</summary>
/// <param name="Key">Name of the entry.</param>
/// <param name="Count">How many records it was expanded into.</param>
/// <param name="Header">What the file holds beside its entries, as raw JSON.</param>
internal sealed record EntryGroup(string Key, int Count, IReadOnlyDictionary<string, string> Header)
{
    /// <summary>Makes a record a part of an entry.</summary>
    /// <param name="record">The record.</param>
    /// <param name="format">Name of the format.</param>
    /// <param name="json">The entry as it stood in the file.</param>
    /// <param name="index">Which part it is, from 0.</param>
    public DatasetRecord Part(DatasetRecord record, string format, ReadOnlyMemory<byte> json, int index) =>
        record with { Source = new DatasetSource(format, json, record) { Layout = new EntryPart(this, index) } };

    /// <summary>Divides records into runs of one key.</summary>
    public static IEnumerable<List<DatasetRecord>> Runs(IEnumerable<DatasetRecord> records, Func<DatasetRecord, string?> key)
    {
        List<DatasetRecord> run = [];
        string? last = null;
        foreach (DatasetRecord record in records)
        {
            string? own = key(record);
            if (run.Count > 0 && (own is null || own != last))
            {
                yield return run;
                run = [];
            }

            run.Add(record);
            last = own;
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    /// <summary>The entry that records were expanded from, when they are all of it, in order and unchanged; else null.</summary>
    public static DatasetSource? WholeSource(IReadOnlyList<DatasetRecord> run, string format)
    {
        for (int index = 0; index < run.Count; index++)
        {
            bool isPart = run[index].Source is DatasetSource source && source.Format == format && source.HasContentOf(run[index]) && source.AsRead.Id == run[index].Id
                && source.Layout is EntryPart part && part.Index == index && part.Group.Count == run.Count
                && ReferenceEquals(part.Group, ((EntryPart)run[0].Source!.Layout!).Group);
            if (!isPart)
            {
                return null;
            }
        }

        return run[0].Source;
    }

    /// <summary>Refuses a record whose image is not a plain name, where the name is the entry's key.</summary>
    /// <param name="record">The record.</param>
    /// <param name="format">Name of the format.</param>
    /// <returns>The image's name.</returns>
    /// <exception cref="RowRejectedException">The record has not one image, or it lies in a folder or in the row.</exception>
    public static string ImageName(DatasetRecord record, string format)
    {
        if (record.Images is not [{ Path: string path, Bytes: null }])
        {
            throw RowDraft.Refused($"the row has {record.Images.Count} images, or one that is no file, where {format} has the name of one", "choose a format with an image list");
        }

        return path.IndexOfAny(['/', '\\']) < 0
            ? path
            : throw RowDraft.Refused($"image '{RowCollector.Shown(path)}' lies in a folder where {format} has a bare name", "give the folder as the image directory instead");
    }
}
