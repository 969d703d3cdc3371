using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Formats.Rows;

/// <summary>ms-swift's rows: messages, images, and the rejected answer as text or as a conversation of its own.</summary>
internal sealed class SwiftFormat() : RowFormat("ms-swift", "ms-swift: rows of {messages, images, rejected_response or rejected_messages}")
{
    private const string RejectedResponse = "rejected_response";
    private const string RejectedMessages = "rejected_messages";

    /// <inheritdoc/>
    protected override bool HoldsImageBytes => true;

    /// <summary>Whether a message marks where an image stands, which only this one of the chat formats does.</summary>
    public static bool HasMarkers(JsonElement row) =>
        row.TryGetProperty("messages", out JsonElement messages) && messages.ValueKind == JsonValueKind.Array
        && messages.EnumerateArray().Any(message => message.ValueKind == JsonValueKind.Object && RowLook.IsText(message, "content")
            && message.GetProperty("content").GetRawText().Contains(RowFields.ImageMarker, StringComparison.Ordinal));

    /// <inheritdoc/>
    protected override bool FitsRow(JsonElement row) =>
        RowLook.IsTurns(row, "messages", "role") && !RowLook.HasAny(row, "chosen", "rejected", "prompt")
        && (RowLook.HasAny(row, RejectedResponse, RejectedMessages, "channel", "rejected_images") || !HasItems(row));

    /// <inheritdoc/>
    protected internal override RowContent ReadRow(JsonElement row)
    {
        List<string> known = ["messages"];
        List<DatasetImage> inline = [];
        List<DatasetMessage> messages = Turns(row, "messages", inline);
        bool hasResponse = RowLook.Kind(row, RejectedResponse) is not (JsonValueKind.Undefined or JsonValueKind.Null);
        bool hasMessages = RowLook.Kind(row, RejectedMessages) is not (JsonValueKind.Undefined or JsonValueKind.Null);
        if (hasResponse && hasMessages)
        {
            throw new RowRejectedException($"the row has '{RejectedResponse}' and '{RejectedMessages}'", "keep one of the two");
        }

        IReadOnlyList<DatasetImage> images = ImageFields.Of(row, known, "images", "image");
        if (inline.Count > 0 && images.Count > 0)
        {
            throw new RowRejectedException("the row has images in a field and in its messages", "keep one of the two");
        }

        images = inline.Count > 0 ? inline : images;
        if (hasMessages)
        {
            known.Add(RejectedMessages);
            (List<DatasetMessage> shared, List<DatasetMessage> good, List<DatasetMessage> bad) =
                TurnOrder.Split(messages, Turns(row, RejectedMessages, []), ("messages", RejectedMessages));
            return new RowContent(images, shared, good, bad, known);
        }

        (List<DatasetMessage> prompt, List<DatasetMessage> answer) = TurnOrder.Split(messages, "messages");
        if (hasResponse)
        {
            known.Add(RejectedResponse);
            return new RowContent(images, prompt, answer, [new(DatasetRole.Assistant, RowFields.Text(row.GetProperty(RejectedResponse), RejectedResponse))], known);
        }

        if (RowLook.Kind(row, "label") != JsonValueKind.False)
        {
            return new RowContent(images, prompt, answer, null, known);
        }

        known.Add("label");
        return new RowContent(images, prompt, null, answer, known);
    }

    /// <inheritdoc/>
    protected internal override void WriteRow(RowDraft draft, DatasetRecord record)
    {
        draft.Reserve("image", "images", RejectedResponse, RejectedMessages);
        IReadOnlyList<DatasetMessage> prompt = ImageMarkers.Placed(record);
        draft.Messages("messages", prompt.Concat(record.Chosen ?? draft.Needed(record.Rejected, "chosen")), TurnTags.Chat);
        if (record.Images.Count > 0)
        {
            draft.Images("images", record);
        }

        if (record.Chosen is null || record.Rejected is null)
        {
            draft.RejectedLabel(record);
        }
        else if (record.Rejected is [{ Extensions.Count: 0 } only] && record.Chosen.Count == 1)
        {
            draft.Text(RejectedResponse, only.Text);
        }
        else
        {
            draft.Messages(RejectedMessages, prompt.Concat(record.Rejected), TurnTags.Chat);
        }
    }

    private static bool HasItems(JsonElement row) =>
        row.GetProperty("messages") is { ValueKind: JsonValueKind.Array } messages
        && messages.EnumerateArray().Any(message => message.ValueKind == JsonValueKind.Object && RowLook.Kind(message, "content") == JsonValueKind.Array);

    private static List<DatasetMessage> Turns(JsonElement row, string field, List<DatasetImage> inline) => row.TryGetProperty(field, out JsonElement list)
        ? TurnText.List(list, field, TurnTags.Chat, inline)
        : throw new RowRejectedException($"field '{field}' is missing", $"add '{field}' or drop the row");
}
