using System.Text;
using System.Text.Json;
using NSft.Collectives;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.LlamaFactory;

/// <summary>LLaMA-Factory's sets: a data file and its entry in the <c>dataset_info.json</c> beside it.</summary>
/// <remarks>Read by the registry and the set's name, or by the data file, whose entry is used when there is one.</remarks>
internal sealed class LlamaFactoryFormat() : DatasetFormat("llamafactory", "LLaMA-Factory: ShareGPT or alpaca rows, ranked or not, with their entry in dataset_info.json")
{
    private const int LongestFileName = 1024;

    /// <inheritdoc/>
    protected override bool LooksSo(FileProbe probe) => probe.IsFolder
        ? File.Exists(Path.Combine(probe.Path, LlamaFactoryRegistry.FileName))
        : probe.HasRows(FitsRow) || (probe.Entries.Count > 0 && probe.Entries.Count(entry => IsEntry(entry.Value)) * 2 >= probe.Entries.Count);

    /// <inheritdoc/>
    protected override IEnumerable<RecordRead> ReadAll(string path, DatasetReadOptions options)
    {
        (string file, LlamaFactoryLayout layout) = Locate(path, options);
        return RowReading.Read(file, Name, layout, row => LlamaFactoryRow.Read(row, layout.Columns));
    }

    /// <inheritdoc/>
    protected override void WriteAll(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options)
    {
        string file = DataFile(path, options);
        string name = options.SetName ?? Path.GetFileNameWithoutExtension(file);
        string fileName = Path.GetFileName(file);
        string registry = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, LlamaFactoryRegistry.FileName);
        LlamaFactoryRegistry.RequireFree(registry, name, fileName);
        LlamaFactoryLayout? layout = null;
        UsedColumns used = default;
        RowWriting writing = new(Name, file, options) { KeepsLayout = other => Equals(other, layout) };
        writing.Write(
            records.Select(record =>
            {
                layout ??= record.Source is { Layout: LlamaFactoryLayout known } ? known : NewLayout(record);
                used = used.With(record);
                return record;
            }),
            (draft, record) =>
            {
                if (layout!.Columns.IsAlpaca)
                {
                    throw RowDraft.Refused($"a changed row cannot be written back as an alpaca row", "write the rows to a set of their own");
                }

                LlamaFactoryRow.Write(draft, record, layout.Columns);
            });
        LlamaFactoryLayout written = layout ?? new LlamaFactoryLayout(LlamaFactoryColumns.Conversations, null);
        LlamaFactoryRegistry.Merge(registry, name, Entry(fileName, written, used));
    }

    private static LlamaFactoryLayout NewLayout(DatasetRecord first) => new(LlamaFactoryColumns.Conversations with { IsRanking = first.Rejected is not null }, null);

    private static bool FitsRow(JsonElement row) =>
        (RowLook.IsTurns(row, "conversations", "from") && RowLook.IsTurns(row, "chosen", "from") && RowLook.IsTurns(row, "rejected", "from"))
        || (RowLook.IsText(row, "instruction") && (RowLook.IsText(row, "output") || (RowLook.IsText(row, "chosen") && RowLook.IsText(row, "rejected"))));

    private static bool IsEntry(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && RowLook.HasAny(value, "file_name", "hf_hub_url", "ms_hub_url", "script_url");

    // A registry may only name columns that the rows have.
    private readonly record struct UsedColumns(bool Images, bool System, bool Rejected)
    {
        public UsedColumns With(DatasetRecord record) => new(
            Images || record.Images.Count > 0,
            System || (record.Prompt.Count > 0 && record.Prompt[0].Role == DatasetRole.System),
            Rejected || record.Rejected is not null);
    }

    private static (string File, LlamaFactoryLayout Layout) Locate(string path, DatasetReadOptions options)
    {
        bool isFolder = Directory.Exists(path);
        if (isFolder || Path.GetFileName(path) == LlamaFactoryRegistry.FileName)
        {
            string registry = isFolder ? Path.Combine(path, LlamaFactoryRegistry.FileName) : path;
            LlamaFactoryEntry entry = LlamaFactoryRegistry.Load(registry).Entry(options.SetName);
            string file = entry.FileName.Contains('\0', StringComparison.Ordinal) || entry.FileName.Length > LongestFileName
                ? throw new UserInputException($"{registry}: set '{RowCollector.Shown(entry.Name)}' has a 'file_name' that is no file name")
                : Path.Combine(Path.GetDirectoryName(registry)!, entry.FileName);
            return (file, new LlamaFactoryLayout(entry.Columns, entry.Json));
        }

        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, LlamaFactoryRegistry.FileName);
        LlamaFactoryRegistry? found = File.Exists(beside) ? LlamaFactoryRegistry.Load(beside) : null;
        LlamaFactoryEntry? own = options.SetName is null ? found?.EntryOf(Path.GetFileName(path)) : found?.Entry(options.SetName);
        if (own is null && options.SetName is not null)
        {
            throw new UserInputException($"{path}: set '{options.SetName}' was named, but there is no {LlamaFactoryRegistry.FileName} beside the file");
        }

        return (path, own is not null
            ? new LlamaFactoryLayout(own.Columns, own.Json)
            : new LlamaFactoryLayout(HasInstructions(path) ? LlamaFactoryColumns.Instructions : LlamaFactoryColumns.Conversations, null));
    }

    private static bool HasInstructions(string path) => FileProbe.Of(path).HasRows(row => RowLook.Has(row, "instruction") && !RowLook.Has(row, "conversations"));

    private static string DataFile(string path, DatasetWriteOptions options)
    {
        bool isRegistry = Path.GetFileName(path) == LlamaFactoryRegistry.FileName;
        if (!isRegistry && !Directory.Exists(path))
        {
            return path;
        }

        string folder = isRegistry ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;
        return options.SetName is string name ? Path.Combine(folder, name + ".json") : throw new UserInputException($"{path}: name the set to write with --to-set");
    }

    private static string Entry(string fileName, LlamaFactoryLayout layout, UsedColumns used)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("file_name", fileName);
            if (layout.Entry is null)
            {
                WriteColumns(writer, layout.Columns, used);
            }
            else
            {
                foreach (JsonProperty property in JsonElement.Parse(layout.Entry).EnumerateObject().Where(property => !property.NameEquals("file_name"u8)))
                {
                    writer.WritePropertyName(property.Name);
                    JsonText.WriteRaw(writer, property.Value.GetRawText());
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteColumns(Utf8JsonWriter writer, LlamaFactoryColumns columns, UsedColumns used)
    {
        bool isRanking = columns.IsRanking ?? used.Rejected;
        (string Name, string? Field)[] fields =
        [
            ("messages", columns.IsAlpaca ? null : columns.Messages),
            ("prompt", columns.IsAlpaca ? columns.Prompt : null),
            ("images", used.Images ? columns.Images : null),
            ("system", used.System ? columns.System : null),
            ("chosen", isRanking ? columns.Chosen : null),
            ("rejected", isRanking ? columns.Rejected : null),
        ];
        writer.WriteString("formatting", columns.IsAlpaca ? "alpaca" : "sharegpt");
        writer.WriteBoolean("ranking", isRanking);
        writer.WriteStartObject("columns");
        foreach ((string name, string? field) in fields)
        {
            if (field is not null)
            {
                writer.WriteString(name, field);
            }
        }

        writer.WriteEndObject();
    }
}
