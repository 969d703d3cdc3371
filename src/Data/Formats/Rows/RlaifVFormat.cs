using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>RLAIF-V's rows: a question with two answers and where they come from, or the same as chat messages.</summary>
internal sealed class RlaifVFormat() : QuestionRowFormat("rlaif-v", "RLAIF-V: rows of {ds_name, image, question, chosen, rejected, origin_dataset, ...}, or its chat form")
{
    /// <inheritdoc/>
    protected override string[] ImageNames => ["image", "image_path"];

    /// <inheritdoc/>
    protected override string[] RejectedNames => ["rejected"];

    /// <inheritdoc/>
    protected override bool HoldsImageBytes => true;

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row) =>
        RowLook.Has(row, "prompt") && !RowLook.Has(row, "question") ? TrlRow.Read(row) : base.ReadRow(row);

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsText(row, "question") && RowLook.IsText(row, "chosen") && RowLook.IsText(row, "rejected")
        && RowLook.HasAny(row, "ds_name", "origin_dataset", "origin_split");
}
