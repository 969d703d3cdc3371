using System.Text.Json;
using NSft.Data.Formats.Rows;
using NSft.Data.Reading;

namespace NSft.Data.Formats.LlamaFactory;

/// <summary>Reads and writes rows of a LLaMA-Factory set.</summary>
internal static class LlamaFactoryRow
{
    /// <summary>Takes a row apart.</summary>
    public static RowContent Read(JsonElement row, LlamaFactoryColumns columns)
    {
        List<string> known = [];
        IReadOnlyList<DatasetImage> images = columns.Images is null ? [] : ImageFields.Of(row, known, columns.Images);
        bool isRanking = columns.IsRanking ?? (RowLook.HasAny(row, columns.Chosen!, columns.Rejected!));
        List<DatasetMessage> messages = [.. SystemText(row, columns, known), .. columns.IsAlpaca ? Instruction(row, columns, known, !isRanking) : Conversation(row, columns, known)];
        if (isRanking)
        {
            TurnOrder.Require(messages, DatasetRole.Human, columns.IsAlpaca ? columns.Prompt : columns.Messages);
            return new RowContent(images, messages, Answer(row, columns.Chosen!, columns, known), Answer(row, columns.Rejected!, columns, known), known);
        }

        (List<DatasetMessage> prompt, List<DatasetMessage> answer) = TurnOrder.Split(messages, columns.IsAlpaca ? columns.Response : columns.Messages);
        if (columns.Label is null || RowLook.Kind(row, columns.Label) != JsonValueKind.False)
        {
            return new RowContent(images, prompt, answer, null, known);
        }

        known.Add(columns.Label);
        return new RowContent(images, prompt, null, answer, known);
    }

    /// <summary>Writes a conversation with its answers.</summary>
    public static void Write(RowDraft draft, DatasetRecord record, LlamaFactoryColumns columns)
    {
        bool isRanking = columns.IsRanking ?? record.Rejected is not null;
        IReadOnlyList<DatasetMessage> prompt = ImageMarkers.Placed(record);
        int markers = ImageMarkers.Count(prompt) + ImageMarkers.Count(record.Chosen ?? []);
        if (markers != record.Images.Count)
        {
            throw RowDraft.Refused($"the row has {markers} image markers and {record.Images.Count} images, which llamafactory needs to be as many", "correct the markers");
        }

        if (record.Images.Count > 0)
        {
            draft.Images(columns.Images ?? throw RowDraft.Refused($"the set has no column for images", "write the rows to a set of their own"), record);
        }

        bool hasSystem = columns.System is not null && prompt[0].Role == DatasetRole.System && prompt[0].Extensions.Count == 0;
        if (hasSystem)
        {
            draft.Text(columns.System!, prompt[0].Text);
        }

        IEnumerable<DatasetMessage> turns = hasSystem ? prompt.Skip(1) : prompt;
        if (isRanking)
        {
            draft.Messages(columns.Messages, turns, columns.Tags);
            Answer(draft, columns.Chosen!, draft.Needed(record.Chosen, "chosen"), columns.Tags);
            Answer(draft, columns.Rejected!, draft.Needed(record.Rejected, "rejected"), columns.Tags);
        }
        else
        {
            draft.NoPlaceFor(record.Rejected, "rejected");
            draft.Messages(columns.Messages, turns.Concat(draft.Needed(record.Chosen, "chosen")), columns.Tags);
        }
    }

    private static void Answer(RowDraft draft, string field, IReadOnlyList<DatasetMessage> answer, TurnTags tags)
    {
        if (answer.Count != 1)
        {
            throw RowDraft.Refused($"an answer has {answer.Count} turns where llamafactory has one", "choose ms-swift or sima");
        }

        draft.Name(field);
        TurnText.Write(draft.Writer, answer[0], tags);
    }

    private static List<DatasetMessage> Answer(JsonElement row, string field, LlamaFactoryColumns columns, List<string> known)
    {
        JsonElement value = Value(row, field, known);
        return value.ValueKind switch
        {
            JsonValueKind.String => [new(DatasetRole.Assistant, RowFields.Text(value, field))],
            JsonValueKind.Array => TurnOrder.RequireAnswer(TurnText.List(value, field, columns.Tags), field),
            _ => TurnOrder.RequireAnswer([TurnText.One(value, field, columns.Tags)], field),
        };
    }

    private static IEnumerable<DatasetMessage> SystemText(JsonElement row, LlamaFactoryColumns columns, List<string> known)
    {
        if (columns.System is null || !row.TryGetProperty(columns.System, out JsonElement value))
        {
            return [];
        }

        known.Add(columns.System);
        string text = value.ValueKind == JsonValueKind.Null ? "" : RowFields.Text(value, columns.System);
        return text.Length == 0 ? [] : [new DatasetMessage(DatasetRole.System, text)];
    }

    private static List<DatasetMessage> Conversation(JsonElement row, LlamaFactoryColumns columns, List<string> known) =>
        TurnText.List(Value(row, columns.Messages, known), columns.Messages, columns.Tags);

    private static List<DatasetMessage> Instruction(JsonElement row, LlamaFactoryColumns columns, List<string> known, bool hasResponse)
    {
        List<DatasetMessage> messages = [];
        if (columns.History is not null && RowLook.Kind(row, columns.History) is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            JsonElement history = Value(row, columns.History, known);
            if (history.ValueKind != JsonValueKind.Array || history.EnumerateArray().Any(turn => turn.ValueKind != JsonValueKind.Array || turn.GetArrayLength() != 2))
            {
                throw new RowRejectedException($"field '{columns.History}' is not a list of questions and answers", "write it as [[question, answer], ...]");
            }

            foreach (JsonElement turn in history.EnumerateArray())
            {
                messages.Add(new DatasetMessage(DatasetRole.Human, RowFields.Text(turn[0], columns.History)));
                messages.Add(new DatasetMessage(DatasetRole.Assistant, RowFields.Text(turn[1], columns.History)));
            }
        }

        string question = RowFields.Text(Value(row, columns.Prompt, known), columns.Prompt);
        string about = RowLook.Kind(row, columns.Query) is JsonValueKind.Undefined or JsonValueKind.Null ? "" : RowFields.Text(Value(row, columns.Query, known), columns.Query);
        messages.Add(new DatasetMessage(DatasetRole.Human, about.Length == 0 ? question : question.Length == 0 ? about : question + "\n" + about));
        if (hasResponse)
        {
            messages.Add(new DatasetMessage(DatasetRole.Assistant, RowFields.Text(Value(row, columns.Response, known), columns.Response)));
        }

        return messages;
    }

    private static JsonElement Value(JsonElement row, string field, List<string> known)
    {
        known.Add(field);
        return row.TryGetProperty(field, out JsonElement value) ? value : throw new RowRejectedException($"field '{field}' is missing", $"add '{field}' or drop the row");
    }
}
