using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NSft.Collectives.Files;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>TextCaps' files: captions by image in a list <c>data</c>. Every caption is a record without preference.</summary>
/// <remarks>A row's own caption is its record; a row with nothing but reference captions gives one record for each.</remarks>
internal sealed class TextCapsFormat() : DatasetFormat("textcaps", "TextCaps: {data: [{image_id, caption_str or reference_strs, ...}]}")
{
    /// <summary>What is asked where a row has no question of its own.</summary>
    public const string DefaultQuestion = "Describe the image in one sentence, with the text that can be read in it.";

    private const string Data = "data";
    private const string ImageId = "image_id";
    private const string Question = "question";
    private const string Caption = "caption_str";
    private const string References = "reference_strs";
    private const string Extension = ".jpg";

    /// <inheritdoc/>
    protected override bool LooksSo(FileProbe probe) => probe.Entries.FirstOrDefault(entry => entry.Name == Data) is ProbeEntry data
        && data.Items.Any(item => item.ValueKind == JsonValueKind.Object && RowLook.Has(item, ImageId) && RowLook.HasAny(item, Caption, References));

    /// <inheritdoc/>
    protected override IEnumerable<RecordRead> ReadAll(string path, DatasetReadOptions options)
    {
        Dictionary<string, string> header = new(StringComparer.Ordinal);
        return EntrySource.List(path, Data, header).SelectMany(row => EntryReading.Records(path, row, null, () => Records(row, header)));
    }

    /// <inheritdoc/>
    protected override void WriteAll(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options) => AtomicFile.Write(path, stream =>
    {
        IReadOnlyDictionary<string, string> header = NoExtensions.Value;
        EntryFile rows = new(stream);
        stream.Write("{\"data\": ["u8);
        foreach (List<DatasetRecord> run in EntryGroup.Runs(records, KeyOf))
        {
            DatasetSource? whole = EntryGroup.WholeSource(run, Name);
            header = run[0].Source?.Layout is EntryPart part && part.Group.Header.Count > 0 && header.Count == 0 ? part.Group.Header : header;
            if (whole is not null)
            {
                rows.Raw(null, whole.Json.Span);
                continue;
            }

            foreach (DatasetRecord record in run)
            {
                try
                {
                    rows.Entry(null, writer => Write(writer, record));
                }
                catch (RowRejectedException exception)
                {
                    RowWriting.LeaveOut(path, record, exception, options);
                }
            }
        }

        stream.Write("\n]"u8);
        EntryFile fields = new(stream);
        foreach ((string name, string json) in header)
        {
            stream.Write(fields.Count == 0 ? ","u8 : []);
            fields.Raw(name, System.Text.Encoding.UTF8.GetBytes(json));
        }

        stream.Write("}\n"u8);
    });

    private static string? KeyOf(DatasetRecord record) => record.Source?.Layout is EntryPart part ? part.Group.Key : null;

    private IEnumerable<DatasetRecord> Records(JsonRow row, Dictionary<string, string> header)
    {
        JsonElement element = RowCollector.RequireObject(row);
        string image = RowFields.Required(element, ImageId);
        DatasetImage[] images = [new(image.Contains('\0', StringComparison.Ordinal) ? throw new RowRejectedException($"field '{ImageId}' is no file name", "name an image") : image + Extension, null)];
        List<string> known = ["id", ImageId];
        string question = RowLook.IsText(element, Question) ? RowFields.Text(element.GetProperty(Question), Question) : "";
        if (question.Length > 0)
        {
            known.Add(Question);
        }

        string[] captions = Captions(element, known);
        IReadOnlyDictionary<string, string> others = RowFields.Others(element, [.. known]);
        string id = RowCollector.ReadId(element, row.Row) ?? string.Create(CultureInfo.InvariantCulture, $"{image}-{row.Row}");
        byte[] json = JsonMarshal.GetRawUtf8Value(element).ToArray();
        EntryGroup group = new(string.Create(CultureInfo.InvariantCulture, $"{row.Row}"), captions.Length, header);
        return [.. captions.Select((caption, index) => group.Part(
            new DatasetRecord(
                captions.Length == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{index + 1}"),
                images,
                [new(DatasetRole.Human, question.Length > 0 ? question : DefaultQuestion)],
                [new(DatasetRole.Assistant, caption)],
                null)
            {
                Row = row.Row,
                Extensions = others,
            },
            Name,
            json,
            index))];
    }

    private static string[] Captions(JsonElement row, List<string> known)
    {
        if (RowLook.Kind(row, Caption) is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            known.Add(Caption);
            return [RowFields.Text(row.GetProperty(Caption), Caption)];
        }

        if (RowLook.Kind(row, References) != JsonValueKind.Array || row.GetProperty(References).GetArrayLength() == 0)
        {
            throw new RowRejectedException("the row has no caption", "use a split with captions, or drop the row");
        }

        known.Add(References);
        return [.. row.GetProperty(References).EnumerateArray().Select(caption => RowFields.Text(caption, References))];
    }

    private void Write(Utf8JsonWriter writer, DatasetRecord record)
    {
        RowDraft draft = new(Name, writer, holdsImageBytes: false, new ImageStore(null));
        draft.NoPlaceFor(record.Rejected, "rejected");
        string image = EntryGroup.ImageName(record, Name);
        if (Path.GetExtension(image) != Extension)
        {
            throw RowDraft.Refused($"image '{RowCollector.Shown(image)}' is no {Extension} file, which all of {Name} are", "convert the images, or choose another format");
        }

        writer.WriteStartObject();
        draft.Id(record);
        draft.Text(ImageId, Path.GetFileNameWithoutExtension(image));
        string question = draft.Question(record);
        if (question != DefaultQuestion)
        {
            draft.Text(Question, question);
        }

        draft.Text(Caption, draft.Answer(record.Chosen, "chosen"));
        draft.Extensions(record.Extensions);
        writer.WriteEndObject();
    }
}
