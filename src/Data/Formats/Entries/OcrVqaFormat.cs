using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NSft.Collectives.Files;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>OCR-VQA's <c>dataset.json</c>: books by number, each with questions and answers about its cover. Every question is a record without preference.</summary>
internal sealed class OcrVqaFormat() : DatasetFormat("ocrvqa", "OCR-VQA: an object of {imageURL, title, ..., questions, answers} by book")
{
    private const string Questions = "questions";
    private const string Answers = "answers";
    private const string Url = "imageURL";
    private const string DefaultExtension = ".jpg";

    /// <inheritdoc/>
    protected override bool LooksSo(FileProbe probe) => probe.Entries.Count > 0
        && probe.Entries.Count(entry => RowLook.Kind(Object(entry.Value), Questions) == JsonValueKind.Array && RowLook.Kind(Object(entry.Value), Answers) == JsonValueKind.Array) * 2 >= probe.Entries.Count;

    /// <inheritdoc/>
    protected override IEnumerable<RecordRead> ReadAll(string path, DatasetReadOptions options) =>
        EntrySource.Properties(path).SelectMany(entry => EntryReading.Records(path, entry.Row, entry.Key, () => Records(entry)));

    /// <inheritdoc/>
    protected override void WriteAll(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options) => AtomicFile.Write(path, stream =>
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        EntryFile file = new(stream);
        stream.Write("{"u8);
        foreach (List<DatasetRecord> run in EntryGroup.Runs(records.Where(record => CanHold(path, record, options)), KeyOf))
        {
            try
            {
                RequireNew(keys, run[0]);
                if (EntryGroup.WholeSource(run, Name) is DatasetSource source)
                {
                    file.Raw(KeyOf(run[0]), source.Json.Span);
                }
                else
                {
                    file.Entry(KeyOf(run[0]), writer => Write(writer, run));
                }
            }
            catch (RowRejectedException exception)
            {
                run.ForEach(record => RowWriting.LeaveOut(path, record, exception, options));
            }
        }

        stream.Write("\n}\n"u8);
    });

    private static JsonElement Object(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value : JsonElement.Parse("{}"u8);

    private static string? KeyOf(DatasetRecord record) => record.Images is [{ Path: string path }] ? Path.GetFileNameWithoutExtension(path) : null;

    private static void RequireNew(HashSet<string> keys, DatasetRecord record)
    {
        if (!keys.Add(KeyOf(record) ?? ""))
        {
            throw RowDraft.Refused($"rows of image '{RowCollector.Shown(KeyOf(record) ?? "")}' do not stand together", "sort the rows by image");
        }
    }

    private bool CanHold(string path, DatasetRecord record, DatasetWriteOptions options)
    {
        using Utf8JsonWriter writer = new(Stream.Null);
        RowDraft draft = new(Name, writer, holdsImageBytes: false, new ImageStore(null));
        try
        {
            _ = EntryGroup.ImageName(record, Name);
            draft.NoPlaceFor(record.Rejected, "rejected");
            _ = draft.Question(record);
            _ = draft.Answer(record.Chosen, "chosen");
            return true;
        }
        catch (RowRejectedException exception)
        {
            RowWriting.LeaveOut(path, record, exception, options);
            return false;
        }
    }

    private IEnumerable<DatasetRecord> Records(EntryRow entry)
    {
        JsonElement book = RowCollector.RequireObject(entry.Row);
        JsonElement[] questions = List(book, Questions);
        JsonElement[] answers = List(book, Answers);
        if (questions.Length != answers.Length)
        {
            throw RowDraft.Refused($"the entry has {questions.Length} questions and {answers.Length} answers", "give every question its answer");
        }

        DatasetImage[] images = [new(entry.Key + ImageExtension(book), null)];
        IReadOnlyDictionary<string, string> others = RowFields.Others(book, Questions, Answers);
        byte[] json = JsonMarshal.GetRawUtf8Value(book).ToArray();
        EntryGroup group = new(entry.Key, questions.Length, NoExtensions.Value);
        return [.. questions.Select((question, index) => group.Part(
            new DatasetRecord(
                string.Create(CultureInfo.InvariantCulture, $"{entry.Key}-{index + 1}"),
                images,
                [new(DatasetRole.Human, RowFields.Text(question, Questions))],
                [new(DatasetRole.Assistant, RowFields.Text(answers[index], Answers))],
                null)
            {
                Row = entry.Row.Row,
                Extensions = others,
            },
            Name,
            json,
            index))];
    }

    private static JsonElement[] List(JsonElement book, string name) => RowLook.Kind(book, name) == JsonValueKind.Array && book.GetProperty(name).GetArrayLength() > 0
        ? [.. book.GetProperty(name).EnumerateArray()]
        : throw new RowRejectedException($"field '{name}' is no list, or empty", $"fill in '{name}' or drop the entry");

    // Images are kept under the book's number with the extension that they were fetched with.
    private static string ImageExtension(JsonElement book)
    {
        string extension = RowLook.IsText(book, Url) ? Path.GetExtension(RowFields.Text(book.GetProperty(Url), Url)) : "";
        return extension.Length is > 1 and <= 5 && extension[1..].All(char.IsAsciiLetterOrDigit) ? extension : DefaultExtension;
    }

    private void Write(Utf8JsonWriter writer, List<DatasetRecord> run)
    {
        RowDraft draft = new(Name, writer, holdsImageBytes: false, new ImageStore(null));
        string image = EntryGroup.ImageName(run[0], Name);
        if (run.Any(record => !SameFields(record.Extensions, run[0].Extensions)))
        {
            throw RowDraft.Refused($"rows of image '{RowCollector.Shown(image)}' differ in their further fields", "keep fields that belong to the image alone");
        }

        writer.WriteStartObject();
        draft.Reserve(Questions, Answers);
        if (Path.GetExtension(image) != DefaultExtension && !run[0].Extensions.ContainsKey(Url))
        {
            draft.Text(Url, image);
        }

        draft.Extensions(run[0].Extensions);
        Texts(writer, Questions, run.Select(draft.Question));
        Texts(writer, Answers, run.Select(record => draft.Answer(record.Chosen, "chosen")));
        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static bool SameFields(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(field => other.GetValueOrDefault(field.Key) == field.Value);
}
