using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>SeVa's rows: <c>{question, chosen, reject, image_id}</c>.</summary>
internal sealed class SevaFormat() : QuestionRowFormat("seva", "SeVa: rows of {question, chosen, reject, image_id}")
{
    /// <inheritdoc/>
    protected override string[] ImageNames => ["image_id", "image"];

    /// <inheritdoc/>
    protected override string[] RejectedNames => ["reject"];

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsText(row, "question") && RowLook.IsText(row, "chosen") && RowLook.IsText(row, "reject") && RowLook.HasAny(row, ImageNames) && !RowLook.Has(row, "correct");
}
