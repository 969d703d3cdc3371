using System.Globalization;
using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data.Sampling;

/// <summary>Reads what to sample answers to, from any file of rows that hold an image and a question.</summary>
/// <remarks>
/// Preference rows and question files: <c>question</c>, <c>text</c> or <c>prompt</c> asks; <c>chosen</c>, <c>reference</c> or <c>answer</c> is the
/// true answer. LLaVA conversations: the first turn asks, the answer to it is the true one. Completion files, to sample the same prompts again.
/// </remarks>
public static class PromptReader
{
    /// <summary>The sentence that asks for a short answer in LLaVA's instruction data; SeVa samples without it.</summary>
    public const string ShortAnswerSuffix = "Answer the question using a single word or phrase.";

    private const string Conversations = "conversations";

    private static readonly string[] QuestionNames = ["question", "text", "prompt"];
    private static readonly string[] ReferenceNames = ["chosen", "reference", "answer"];

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">JSON array or JSON lines, UTF-8.</param>
    /// <param name="options">What is required of a row.</param>
    /// <returns>The usable rows, and a problem for every other row.</returns>
    /// <exception cref="Collectives.UserInputException">
    /// The file cannot be read, is no JSON, or holds no usable row; or it is read strictly and holds an unusable one.
    /// </exception>
    public static ReadOutcome<SamplePrompt> Read(string path, PromptReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        HashSet<string> ids = new(StringComparer.Ordinal);
        Dictionary<string, int> repeats = new(StringComparer.Ordinal);
        return RowCollector.Collect(path, options.Strict, (element, row, id) =>
        {
            SamplePrompt prompt = ReadRow(element, row, id, options);
            if (!ids.Add(prompt.Id))
            {
                throw new RowRejectedException("its question_id is used by an earlier row", "give every row an id of its own");
            }

            return prompt.Key.Length > 0 ? prompt : prompt with { Key = ContentKey(prompt, repeats) };
        });
    }

    private static SamplePrompt ReadRow(JsonElement element, int row, string rowId, PromptReadOptions options)
    {
        string image = RowFields.Image(element, options.ImageDirectory);
        (string asked, string? answer) = element.TryGetProperty(Conversations, out JsonElement turns)
            ? FirstTurn(turns)
            : (RowFields.Required(element, QuestionNames.FirstOrDefault(name => element.TryGetProperty(name, out _)) ?? QuestionNames[0]), Answer(element));
        string question = RowFields.Question(asked, "question", fewestMarkers: 0, mostMarkers: 1);
        if (options.StripSuffix)
        {
            question = WithoutSuffix(question);
        }

        string? reference = string.IsNullOrWhiteSpace(answer) ? null : answer.Trim();
        if (reference is null && options.RequireReference)
        {
            throw new RowRejectedException("the row has no true answer", "add 'chosen' or 'answer', or drop the row");
        }

        string? ownId = OwnId(element);
        return new SamplePrompt(ownId ?? rowId, image, question, reference) { Row = row, Key = ownId is null ? "" : "id:" + ownId };
    }

    /// <summary>Image and question; rows that repeat both are told apart by their number.</summary>
    private static string ContentKey(SamplePrompt prompt, Dictionary<string, int> repeats)
    {
        string content = $"content:{prompt.Image}\n{prompt.Question}";
        int repeat = repeats.GetValueOrDefault(content);
        repeats[content] = repeat + 1;
        return repeat == 0 ? content : string.Create(CultureInfo.InvariantCulture, $"{content}\n{repeat}");
    }

    private static string WithoutSuffix(string question)
    {
        if (!question.EndsWith(ShortAnswerSuffix, StringComparison.OrdinalIgnoreCase))
        {
            return question;
        }

        string rest = question[..^ShortAnswerSuffix.Length].TrimEnd();
        return rest.Length > 0 ? rest : throw new RowRejectedException("the question is nothing but the sentence to be cut off", "drop the row, or leave the suffix");
    }

    private static string? OwnId(JsonElement element)
    {
        foreach (string name in new[] { "id", "question_id" })
        {
            if (element.TryGetProperty(name, out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                string text = id.ValueKind == JsonValueKind.Number ? id.GetRawText() : RowFields.Text(id, name);
                if (text.Length > 0)
                {
                    return text;
                }
            }
        }

        return null;
    }

    private static string? Answer(JsonElement element)
    {
        foreach (string name in ReferenceNames)
        {
            if (element.TryGetProperty(name, out JsonElement answer) && answer.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return answer.ValueKind == JsonValueKind.Number ? answer.GetRawText() : RowFields.Text(answer, name);
            }
        }

        return null;
    }

    private static (string Question, string? Answer) FirstTurn(JsonElement turns)
    {
        JsonElement[] list = turns.ValueKind == JsonValueKind.Array ? [.. turns.EnumerateArray()] : [];
        int first = Array.FindIndex(list, turn => Role(turn) == "human");
        if (first < 0)
        {
            throw new RowRejectedException("field 'conversations' holds no turn from 'human'", "write the turns as [{\"from\": \"human\", \"value\": ...}, ...]");
        }

        string? answer = first + 1 < list.Length && Role(list[first + 1]) == "gpt" ? RowFields.Required(list[first + 1], "value") : null;
        return (RowFields.Required(list[first], "value"), answer);
    }

    private static string? Role(JsonElement turn) => turn.ValueKind == JsonValueKind.Object ? RowFields.Required(turn, "from") : null;
}
