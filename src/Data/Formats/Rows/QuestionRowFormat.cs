using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>A format whose rows are a question about one image and its answers, as text.</summary>
internal abstract class QuestionRowFormat(string name, string description) : RowFormat(name, description)
{
    /// <summary>The field of the image, and the fields that may stand for it.</summary>
    protected virtual string[] ImageNames => ["image", "image_id", "images"];

    /// <summary>The field of the rejected answer, and the fields that may stand for it.</summary>
    protected virtual string[] RejectedNames => ["rejected", "reject"];

    /// <summary>Whether a row without rejected answer is one of this format.</summary>
    protected virtual bool RequiresRejected => true;

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row)
    {
        List<string> known = ["question"];
        IReadOnlyList<DatasetImage> images = ImageFields.Single(row, known, ImageNames);
        string question = Text(row, "question");
        string chosenName = RequiresRejected || row.TryGetProperty("chosen", out _) || !row.TryGetProperty("answer", out _) ? "chosen" : "answer";
        string? rejectedName = RejectedNames.FirstOrDefault(name => row.TryGetProperty(name, out _));
        if (rejectedName is null && RequiresRejected)
        {
            throw new RowRejectedException($"field '{RejectedNames[0]}' is missing", $"add '{RejectedNames[0]}' or drop the row");
        }

        known.Add(chosenName);
        string chosen = Text(row, chosenName);
        string? rejected = rejectedName is null ? null : Text(row, rejectedName);
        if (rejectedName is not null)
        {
            known.Add(rejectedName);
        }

        return new RowContent(images, [new(DatasetRole.Human, question)], [new(DatasetRole.Assistant, chosen)], rejected is null ? null : [new(DatasetRole.Assistant, rejected)], known);
    }

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        draft.Image(ImageNames[0], record);
        draft.Text("question", draft.Question(record));
        draft.Text("chosen", draft.Answer(record.Chosen, "chosen"));
        if (record.Rejected is not null || RequiresRejected)
        {
            draft.Text(RejectedNames[0], draft.Answer(record.Rejected, "rejected"));
        }

        draft.Reserve(RejectedNames);
    }

    /// <summary>A text field that must be there; it may be empty, which is for validation to find.</summary>
    protected static string Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value)
        ? RowFields.Text(value, name)
        : throw new RowRejectedException($"field '{name}' is missing", $"add '{name}' or drop the row");
}
