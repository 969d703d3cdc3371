using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>HA-DPO's two files: descriptions by image, of which every chosen one is paired with every rejected one, and yes/no rows.</summary>
/// <remarks>
/// Either file, or the folder of both: then yes/no rows come first. Rows that the model had right have no rejected answer.
/// A folder is written back as it was read; records of another origin become yes/no rows, which have a question of their own.
/// </remarks>
internal sealed class HaDpoFormat() : DatasetFormat("ha-dpo", "HA-DPO: desc_data.json and pope_data.json, either or the folder of both")
{
    private const string DescriptionFile = "desc_data.json";
    private const string QuestionFile = "pope_data.json";

    /// <inheritdoc/>
    protected override bool LooksSo(FileProbe probe) => probe.IsFolder
        ? File.Exists(Path.Combine(probe.Path, DescriptionFile)) || File.Exists(Path.Combine(probe.Path, QuestionFile))
        : probe.HasRows(HaDpoQuestions.Fits) || (probe.Entries.Count > 0 && probe.Entries.Count(entry => HaDpoDescriptions.Fits(entry.Value)) * 2 >= probe.Entries.Count);

    /// <inheritdoc/>
    protected override IEnumerable<RecordRead> ReadAll(string path, DatasetReadOptions options)
    {
        if (!Directory.Exists(path))
        {
            return IsDescriptions(path) ? HaDpoDescriptions.Read(path, Name) : HaDpoQuestions.Read(path, Name);
        }

        string[] files = [.. new[] { QuestionFile, DescriptionFile }.Select(file => Path.Combine(path, file)).Where(File.Exists)];
        return files.Length > 0
            ? files.SelectMany(file => ReadAll(file, options))
            : throw new UserInputException($"{path}: the folder has neither {DescriptionFile} nor {QuestionFile}");
    }

    /// <inheritdoc/>
    protected override void WriteAll(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options)
    {
        if (Directory.Exists(path) || !Path.HasExtension(path))
        {
            WriteFolder(path, records, options);
        }
        else if (Path.GetFileName(path).StartsWith("desc", StringComparison.Ordinal))
        {
            AtomicFile.Write(path, stream => WriteDescriptions(stream, records, (record, _) => RowWriting.LeaveOut(
                path,
                record,
                new RowRejectedException("the row is not one of a whole set of descriptions of its image", "write pope_data.json or a folder, whose rows have questions of their own"),
                options)));
        }
        else
        {
            new RowWriting(Name, path, options) { KeepsLayout = static layout => layout is not EntryPart }.Write(records, HaDpoQuestions.Write);
        }
    }

    private static bool IsDescriptions(string path) =>
        FileProbe.Of(path) is { Entries.Count: > 0 } probe && !probe.HasRows(row => RowLook.Has(row, HaDpoQuestions.ImageId));

    private void WriteFolder(string folder, IEnumerable<DatasetRecord> records, DatasetWriteOptions options)
    {
        string descriptions = Path.Combine(folder, DescriptionFile);
        string questions = Path.Combine(folder, QuestionFile);
        RowWriting rows = new(Name, questions, options) { KeepsLayout = static layout => layout is not EntryPart };
        AtomicFile.Write(descriptions, stream =>
        {
            stream.Write("{"u8);
            HashSet<string> keys = new(StringComparer.Ordinal);
            EntryFile entries = new(stream);
            rows.Write(EntryGroup.Runs(records, KeyOf).SelectMany(run => TryEntry(entries, keys, run) ? [] : run), HaDpoQuestions.Write);
            stream.Write("\n}\n"u8);
        });
    }

    private void WriteDescriptions(Stream stream, IEnumerable<DatasetRecord> records, Action<DatasetRecord, int> leaveOut)
    {
        stream.Write("{"u8);
        HashSet<string> keys = new(StringComparer.Ordinal);
        EntryFile entries = new(stream);
        foreach (List<DatasetRecord> run in EntryGroup.Runs(records, KeyOf))
        {
            if (!TryEntry(entries, keys, run))
            {
                run.ForEach(record => leaveOut(record, entries.Count));
            }
        }

        stream.Write("\n}\n"u8);
    }

    private bool TryEntry(EntryFile entries, HashSet<string> keys, List<DatasetRecord> run)
    {
        if (EntryGroup.WholeSource(run, Name) is not DatasetSource source || !keys.Add(KeyOf(run[0])!))
        {
            return false;
        }

        entries.Raw(KeyOf(run[0]), source.Json.Span);
        return true;
    }

    private static string? KeyOf(DatasetRecord record) => record.Source?.Layout is EntryPart part ? part.Group.Key : null;
}
