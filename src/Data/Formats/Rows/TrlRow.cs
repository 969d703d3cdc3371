using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>Reads a row of TRL.</summary>
internal static class TrlRow
{
    /// <summary>Takes a row apart, whichever of TRL's forms it has.</summary>
    public static RowContent Read(JsonElement row)
    {
        List<string> known = [];
        List<DatasetImage> inline = [];
        (List<DatasetMessage> prompt, List<DatasetMessage>? chosen, List<DatasetMessage>? rejected) =
            RowLook.Has(row, "messages") ? Conversation(row, known, inline)
            : RowLook.Has(row, "completion") ? Completion(row, known, inline)
            : RowLook.HasAny(row, "chosen", "rejected") ? Preference(row, known, inline)
            : throw new RowRejectedException("the row has neither answers nor messages", "write it as {\"prompt\": ..., \"chosen\": ..., \"rejected\": ...}");
        IReadOnlyList<DatasetImage> images = ImageFields.Of(row, known, "images", "image");
        if (inline.Count > 0 && images.Count > 0)
        {
            throw new RowRejectedException("the row has images in a field and in its messages", "keep one of the two");
        }

        return new RowContent(inline.Count > 0 ? inline : images, prompt, chosen, rejected, known);
    }

    private static (List<DatasetMessage>, List<DatasetMessage>?, List<DatasetMessage>?) Conversation(JsonElement row, List<string> known, List<DatasetImage> inline)
    {
        (List<DatasetMessage> prompt, List<DatasetMessage> answer) = TurnOrder.Split(Messages(row, "messages", DatasetRole.Human, known, inline), "messages");
        return (prompt, answer, null);
    }

    private static (List<DatasetMessage>, List<DatasetMessage>?, List<DatasetMessage>?) Completion(JsonElement row, List<string> known, List<DatasetImage> inline)
    {
        List<DatasetMessage> prompt = Messages(row, "prompt", DatasetRole.Human, known, inline);
        TurnOrder.Require(prompt, DatasetRole.Human, "prompt");
        List<DatasetMessage> answer = TurnOrder.RequireAnswer(Messages(row, "completion", DatasetRole.Assistant, known, inline), "completion");
        if (RowLook.Kind(row, "label") != JsonValueKind.False)
        {
            return (prompt, answer, null);
        }

        known.Add("label");
        return (prompt, null, answer);
    }

    private static (List<DatasetMessage>, List<DatasetMessage>?, List<DatasetMessage>?) Preference(JsonElement row, List<string> known, List<DatasetImage> inline)
    {
        List<DatasetMessage>? prompt = RowLook.Kind(row, "prompt") is JsonValueKind.Undefined or JsonValueKind.Null
            ? null
            : Messages(row, "prompt", DatasetRole.Human, known, inline);
        known.Add("prompt");
        if (prompt is null && RowLook.IsText(row, "chosen") && RowLook.IsText(row, "rejected"))
        {
            return SharedText(row, known);
        }

        List<DatasetMessage> chosen = Messages(row, "chosen", DatasetRole.Assistant, known, inline);
        List<DatasetMessage> rejected = Messages(row, "rejected", DatasetRole.Assistant, known, inline);
        if (prompt is null || (chosen.Count > 0 && chosen[0].Role != DatasetRole.Assistant))
        {
            (List<DatasetMessage> shared, chosen, rejected) = TurnOrder.Split(chosen, rejected, ("chosen", "rejected"));
            return prompt is null || TurnOrder.AreSame(prompt[^1], shared[^1])
                ? (shared, chosen, rejected)
                : throw new RowRejectedException("'prompt' is not the question that the answers repeat", "keep the question in 'prompt' alone");
        }

        TurnOrder.Require(prompt, DatasetRole.Human, "prompt");
        return (prompt, TurnOrder.RequireAnswer(chosen, "chosen"), TurnOrder.RequireAnswer(rejected, "rejected"));
    }

    private static List<DatasetMessage> Messages(JsonElement row, string field, DatasetRole role, List<string> known, List<DatasetImage> inline)
    {
        if (!row.TryGetProperty(field, out JsonElement value))
        {
            throw new RowRejectedException($"field '{field}' is missing", $"add '{field}' or drop the row");
        }

        known.Add(field);
        List<DatasetMessage> messages = value.ValueKind switch
        {
            JsonValueKind.Array => TurnText.List(value, field, TurnTags.Chat, inline),
            JsonValueKind.Object => [TurnText.One(value, field, TurnTags.Chat, inline)],
            _ => [new DatasetMessage(role, RowFields.Text(value, field))],
        };
        return messages.Count > 0 ? messages : throw new RowRejectedException($"field '{field}' is empty", $"fill in '{field}' or drop the row");
    }

    // Text answers without prompt both begin with it; a word is not divided between prompt and answer.
    private static (List<DatasetMessage>, List<DatasetMessage>?, List<DatasetMessage>?) SharedText(JsonElement row, List<string> known)
    {
        known.AddRange(["chosen", "rejected"]);
        string chosen = RowFields.Text(row.GetProperty("chosen"), "chosen");
        string rejected = RowFields.Text(row.GetProperty("rejected"), "rejected");
        int shared = chosen.AsSpan().CommonPrefixLength(rejected);
        if (shared > 0 && (shared < chosen.Length || shared < rejected.Length))
        {
            while (shared > 0 && !char.IsWhiteSpace(chosen[shared - 1]))
            {
                shared--;
            }

            shared = chosen.AsSpan(0, shared).TrimEnd().Length;
        }

        string prompt = chosen[..shared];
        return string.IsNullOrWhiteSpace(prompt) || chosen == rejected
            ? throw new RowRejectedException("the row has no prompt, and its answers do not begin with one", "add 'prompt'")
            : ([new(DatasetRole.Human, prompt)], [new(DatasetRole.Assistant, chosen[shared..])], [new(DatasetRole.Assistant, rejected[shared..])]);
    }
}
