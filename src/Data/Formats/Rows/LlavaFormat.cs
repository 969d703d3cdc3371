using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>LLaVA's conversations: <c>{id, image?, conversations: [{from, value}]}</c>.</summary>
internal sealed class LlavaFormat() : ConversationFormat("llava", "LLaVA conversation JSON (LLaVA-Instruct-150k and others): rows of {id, image, conversations}")
{
    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsTurns(row, Conversations, "from") && !RowLook.HasAny(row, SimaFormat.RejectedConversations, "chosen", "rejected");

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row)
    {
        List<string> known = [Conversations];
        IReadOnlyList<DatasetImage> images = Images(row, known);
        (List<DatasetMessage> prompt, List<DatasetMessage> answer) = TurnOrder.Split(Turns(row, Conversations), Conversations);
        return new RowContent(images, prompt, answer, null, known);
    }

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        draft.NoPlaceFor(record.Rejected, "rejected");
        WriteImages(draft, record);
        draft.Messages(Conversations, ImageMarkers.Placed(record).Concat(draft.Needed(record.Chosen, "chosen")), TurnTags.Llava);
    }
}
