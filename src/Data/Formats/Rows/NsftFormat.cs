using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>NSft's own rows: <c>{id?, image, question, chosen, rejected?}</c>.</summary>
internal sealed class NsftFormat() : QuestionRowFormat("nsft", "rows of {id, image, question, chosen, rejected}")
{
    /// <inheritdoc/>
    protected override bool RequiresRejected => false;

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsText(row, "question") && (RowLook.IsText(row, "chosen") || RowLook.IsText(row, "answer")) && RowLook.HasAny(row, ImageNames)
        && !RowLook.HasAny(row, "reject", "ds_name", "origin_dataset", "origin_split");
}
