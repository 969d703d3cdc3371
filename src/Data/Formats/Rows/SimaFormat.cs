using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>SIMA's and POVID's rows: LLaVA's conversation and, beside it, the same with the rejected answer.</summary>
internal sealed class SimaFormat() : ConversationFormat("sima", "SIMA and POVID: LLaVA rows with rejected_conversations")
{
    /// <summary>The field of the rejected conversation.</summary>
    public const string RejectedConversations = "rejected_conversations";

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) => RowLook.Has(row, Conversations, RejectedConversations);

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row)
    {
        List<string> known = [Conversations, RejectedConversations];
        IReadOnlyList<DatasetImage> images = Images(row, known);
        (List<DatasetMessage> prompt, List<DatasetMessage> chosen, List<DatasetMessage> rejected) = TurnOrder.Split(
            Turns(row, Conversations), Turns(row, RejectedConversations), (Conversations, RejectedConversations));
        return new RowContent(images, prompt, chosen, rejected, known);
    }

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        WriteImages(draft, record);
        IReadOnlyList<DatasetMessage> prompt = ImageMarkers.Placed(record);
        draft.Messages(Conversations, prompt.Concat(draft.Needed(record.Chosen, "chosen")), TurnTags.Llava);
        draft.Messages(RejectedConversations, prompt.Concat(draft.Needed(record.Rejected, "rejected")), TurnTags.Llava);
    }
}
