using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Rows whose question and answers are LLaVA messages or lists of them; reference log-probabilities beside them are kept.</summary>
internal sealed class TurnsFormat() : ConversationFormat("mllm-dpo", "multimodal DPO: rows of {image, question, chosen, rejected} as {from, value} turns")
{
    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsTurns(row, "question", "from") && RowLook.IsTurns(row, "chosen", "from") && RowLook.IsTurns(row, "rejected", "from");

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row)
    {
        List<string> known = ["question", "chosen", "rejected"];
        IReadOnlyList<DatasetImage> images = Images(row, known);
        List<DatasetMessage> prompt = OneOrMore(row, "question");
        TurnOrder.Require(prompt, DatasetRole.Human, "question");
        return new RowContent(
            images, prompt, TurnOrder.RequireAnswer(OneOrMore(row, "chosen"), "chosen"), TurnOrder.RequireAnswer(OneOrMore(row, "rejected"), "rejected"), known);
    }

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        WriteImages(draft, record);
        Write(draft, "question", ImageMarkers.Placed(record));
        Write(draft, "chosen", draft.Needed(record.Chosen, "chosen"));
        Write(draft, "rejected", draft.Needed(record.Rejected, "rejected"));
    }

    private static List<DatasetMessage> OneOrMore(JsonElement row, string field)
    {
        if (!row.TryGetProperty(field, out JsonElement value))
        {
            throw new RowRejectedException($"field '{field}' is missing", $"add '{field}' or drop the row");
        }

        return value.ValueKind == JsonValueKind.Array ? TurnText.List(value, field, TurnTags.Llava) : [TurnText.One(value, field, TurnTags.Llava)];
    }

    private static void Write(RowDraft draft, string field, IReadOnlyList<DatasetMessage> messages)
    {
        if (messages.Count > 1)
        {
            draft.Messages(field, messages, TurnTags.Llava);
            return;
        }

        draft.Name(field);
        TurnText.Write(draft.Writer, messages[0], TurnTags.Llava);
    }
}
