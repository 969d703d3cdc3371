using System.Globalization;
using System.Text.Json;
using NSft.Data.Reading;

namespace NSft.Data;

/// <summary>Reads LLaVA conversation JSON: rows of <c>{id, image, conversations: [{from, value}]}</c>.</summary>
/// <remarks>
/// The image marker stands once, in the first human turn, before or behind the question. Roles alternate, human first.
/// Further fields of a row, such as <c>meta</c>, are kept as raw JSON.
/// </remarks>
public static class LlavaConversationReader
{
    private const string Conversations = "conversations";

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">JSON array or JSON lines, UTF-8.</param>
    /// <param name="options">What is required of a row.</param>
    /// <returns>The usable rows, and a problem for every other row.</returns>
    /// <exception cref="Collectives.UserInputException">
    /// The file cannot be read, is no JSON, or holds no usable row; or it is read strictly and holds an unusable one.
    /// </exception>
    public static ReadOutcome<SupervisedRow> Read(string path, ConversationReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return RowCollector.Collect(path, options.Strict, (element, row, id) => ReadRow(element, row, id, options));
    }

    private static SupervisedRow ReadRow(JsonElement element, int row, string id, ConversationReadOptions options)
    {
        string image = RowFields.Image(element, options.ImageDirectory);
        if (!element.TryGetProperty(Conversations, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new RowRejectedException("field 'conversations' is missing or not a list", "write the turns as [{\"from\": \"human\", \"value\": ...}, ...]");
        }

        string imageName = element.TryGetProperty("image", out _) ? "image" : element.TryGetProperty("images", out _) ? "images" : "image_id";
        return new SupervisedRow(id, image, ReadTurns(list))
        {
            Row = row,
            Extensions = RowFields.Others(element, "id", imageName, Conversations),
        };
    }

    private static List<DialogueTurn> ReadTurns(JsonElement list)
    {
        int count = list.GetArrayLength();
        if (count == 0 || count % 2 != 0)
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"{count} turns cannot be paired into questions and answers"), "end every question with an answer");
        }

        List<DialogueTurn> turns = [];
        for (int index = 0; index < count; index += 2)
        {
            int markers = index == 0 ? 1 : 0;
            string question = RowFields.Question(Turn(list[index], index, "human"), "value", markers, markers);
            string answer = Turn(list[index + 1], index + 1, "gpt").Trim();
            RowFields.RejectTemplateTokens(answer, "value");
            turns.Add(new DialogueTurn(question, answer));
        }

        return turns;
    }

    private static string Turn(JsonElement turn, int index, string role)
    {
        if (turn.ValueKind != JsonValueKind.Object || RowFields.Required(turn, "from") != role)
        {
            throw new RowRejectedException(
                string.Create(CultureInfo.InvariantCulture, $"turn {index + 1} is not from '{role}'"), "let human and gpt alternate, human first");
        }

        return RowFields.Required(turn, "value");
    }
}
