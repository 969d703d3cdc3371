using System.Globalization;
using System.Text.Json;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Entries;

/// <summary>HA-DPO's yes/no rows: <c>{image_id, question, chosen, reject, answer, correct}</c>.</summary>
internal static class HaDpoQuestions
{
    /// <summary>The field of the image's number.</summary>
    public const string ImageId = "image_id";

    private const string Question = "question";
    private const string Chosen = "chosen";
    private const string Reject = "reject";
    private const string Correct = "correct";
    private const string Extension = ".jpg";

    /// <summary>Whether a row is one of these.</summary>
    public static bool Fits(JsonElement row) => RowLook.Has(row, ImageId, Question, Correct);

    /// <summary>The image file of a number; names with an extension are files already.</summary>
    public static string FileOf(string image) => Path.HasExtension(image) ? image : image + Extension;

    /// <summary>Every row; a row that the model had right has no rejected answer.</summary>
    public static IEnumerable<RecordRead> Read(string path, string format) => RowReading.Read(path, format, null, ReadRow).Select(Named);

    /// <summary>Writes a row.</summary>
    public static void Write(RowDraft draft, DatasetRecord record)
    {
        string path = draft.ImagePath(record);
        string stem = path.EndsWith(Extension, StringComparison.Ordinal) ? path[..^Extension.Length] : path;
        draft.Text(ImageId, FileOf(stem) == path ? stem : path);
        draft.Text(Question, draft.Question(record));
        draft.Text(Chosen, draft.Answer(record.Chosen, "chosen"));
        draft.Text(Reject, draft.Answer(record.Rejected, "rejected"));
        if (!record.Extensions.ContainsKey(Correct))
        {
            draft.Name(Correct);
            draft.Writer.WriteBooleanValue(false);
        }
        else if (record.Extensions[Correct] != "false")
        {
            draft.Reserve(Correct); // the row would be read as one without a rejected answer
        }
    }

    private static RowContent ReadRow(JsonElement row)
    {
        List<string> known = [ImageId, Question, Chosen];
        string image = ImageFields.One(ImageName(row), ImageId).Path ?? throw new RowRejectedException($"field '{ImageId}' is no file name", "write the image's number or name");
        string question = Text(row, Question);
        string chosen = Text(row, Chosen);
        string? rejected = null;
        if (RowLook.Kind(row, Correct) != JsonValueKind.True)
        {
            rejected = Text(row, Reject);
            known.Add(Reject);
        }

        return new RowContent(
            [new DatasetImage(FileOf(image), null)],
            [new(DatasetRole.Human, question)],
            [new(DatasetRole.Assistant, chosen)],
            rejected is null ? null : [new(DatasetRole.Assistant, rejected)],
            known);
    }

    private static JsonElement ImageName(JsonElement row) => RowLook.Kind(row, ImageId) switch
    {
        JsonValueKind.Undefined => throw new RowRejectedException($"field '{ImageId}' is missing", $"add '{ImageId}' or drop the row"),
        JsonValueKind.Number => JsonElement.Parse(string.Create(CultureInfo.InvariantCulture, $"\"{row.GetProperty(ImageId).GetRawText()}\"")),
        JsonValueKind.String => row.GetProperty(ImageId),
        _ => throw new RowRejectedException($"field '{ImageId}' is neither text nor a number", "write the image's number or name"),
    };

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value)
        ? RowFields.Text(value, name)
        : throw new RowRejectedException($"field '{name}' is missing", $"add '{name}' or drop the row");

    // The two files of a folder must not both have a row-1.
    private static RecordRead Named(RecordRead read)
    {
        if (read.Record is not { IsNamedByRow: true, Source: DatasetSource source } record)
        {
            return read;
        }

        DatasetRecord named = source.AsRead with { Id = string.Create(CultureInfo.InvariantCulture, $"pope-{record.Row}") };
        return new RecordRead(named with { Source = new DatasetSource(source.Format, source.Json, named) }, null);
    }
}
