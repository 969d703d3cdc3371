using System.Text.Json;

namespace NSft.Data.Formats.Rows;

/// <summary>TRL's rows: preferences as text or chat messages, with or without images; also its rows for SFT and KTO.</summary>
internal sealed class TrlFormat() : RowFormat("trl", "TRL: rows of {prompt, chosen, rejected} as text or chat messages, with image or images; also {prompt, completion} and {messages}")
{
    /// <inheritdoc/>
    protected override bool HoldsImageBytes => true;

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row)
    {
        if (RowLook.HasAny(row, "question", "conversations", "instruction", "rejected_response", "rejected_messages"))
        {
            return false;
        }

        return (RowLook.Has(row, "chosen", "rejected") && !RowLook.Has(row, "messages") && (IsText(row) || IsChat(row)))
            || RowLook.Has(row, "prompt", "completion")
            || (RowLook.IsTurns(row, "messages", "role") && !RowLook.HasAny(row, "chosen", "channel", "rejected_images") && !SwiftFormat.HasMarkers(row));
    }

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row) => TrlRow.Read(row);

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        draft.Reserve("prompt", "chosen", "rejected", "completion", "messages", "image", "images");
        bool hasItems = record.Images.Count > 0;
        bool isText = !hasItems && IsPlain(record.Prompt, DatasetRole.Human) && IsPlain(record.Chosen, DatasetRole.Assistant) && IsPlain(record.Rejected, DatasetRole.Assistant);
        if (hasItems)
        {
            draft.Images("images", record);
        }

        Write(draft, "prompt", hasItems ? ImageMarkers.Placed(record) : record.Prompt, isText, hasItems);
        if (record.Chosen is null || record.Rejected is null)
        {
            Write(draft, "completion", record.Chosen ?? draft.Needed(record.Rejected, "chosen"), isText, hasItems);
            draft.RejectedLabel(record);
            return;
        }

        Write(draft, "chosen", record.Chosen, isText, hasItems);
        Write(draft, "rejected", record.Rejected, isText, hasItems);
    }

    private static bool IsText(JsonElement row) => RowLook.IsText(row, "chosen") && (RowLook.IsText(row, "prompt") || !RowLook.Has(row, "prompt"));

    private static bool IsChat(JsonElement row) => RowLook.IsTurns(row, "chosen", "role") && RowLook.Kind(row, "chosen") == JsonValueKind.Array;

    private static bool IsPlain(IReadOnlyList<DatasetMessage>? messages, DatasetRole role) =>
        messages is null || (messages.Count == 1 && messages[0].Role == role && messages[0].Extensions.Count == 0);

    private static void Write(RowDraft draft, string field, IReadOnlyList<DatasetMessage> messages, bool isText, bool hasItems)
    {
        if (isText)
        {
            draft.Text(field, messages[0].Text);
            return;
        }

        draft.Name(field);
        draft.Writer.WriteStartArray();
        foreach (DatasetMessage message in messages)
        {
            if (hasItems)
            {
                TurnText.WriteItems(draft.Writer, message, TurnTags.Chat);
            }
            else
            {
                TurnText.Write(draft.Writer, message, TurnTags.Chat);
            }
        }

        draft.Writer.WriteEndArray();
    }
}
