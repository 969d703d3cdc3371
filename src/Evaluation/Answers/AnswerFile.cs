using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Answers;

/// <summary>
/// Answer files as LLaVA's evaluation scripts write and read them: JSON lines of
/// <c>{question_id, prompt, text, answer_id, model_id, metadata}</c>.
/// </summary>
public static class AnswerFile
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Pairs questions with answers, in question order, under the model's name.</summary>
    public static IReadOnlyList<AnswerRecord> Compose(IReadOnlyList<EvaluationQuestion> questions, IReadOnlyList<string> answers, string modelId)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfNotEqual(answers.Count, questions.Count);
        return [.. questions.Select((question, index) => new AnswerRecord(
            question.Id, question.Text, answers[index], string.Create(CultureInfo.InvariantCulture, $"{index:d8}"), modelId, question.Image))];
    }

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="UserInputException">The place cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<AnswerRecord> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        AtomicFile.Write(path, stream => WriteLines(stream, answers));
    }

    /// <summary>Reads a file of ours or of LLaVA's scripts.</summary>
    /// <exception cref="UserInputException">A row has no <c>text</c>.</exception>
    public static IReadOnlyList<AnswerRecord> Read(string path) =>
        [.. JsonRows.Read(path).Select(row => new AnswerRecord(
            row.Identifier("question_id") ?? row.Number.ToString(CultureInfo.InvariantCulture),
            row.OptionalText("prompt") ?? "",
            row.Text("text"),
            row.Identifier("answer_id") ?? "",
            row.Identifier("model_id") ?? "",
            ImageOf(row)))];

    /// <summary>
    /// The answer text of every question: matched by identifier where identifiers are unique on both sides, otherwise by order.
    /// </summary>
    /// <exception cref="UserInputException">A question has no answer.</exception>
    public static IReadOnlyList<string> TextsFor(IReadOnlyList<EvaluationQuestion> questions, IReadOnlyList<AnswerRecord> answers, string path)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(answers);
        bool unique = questions.DistinctBy(q => q.Id).Count() == questions.Count && answers.DistinctBy(a => a.QuestionId).Count() == answers.Count;
        if (!unique)
        {
            return answers.Count == questions.Count
                ? [.. answers.Select(answer => answer.Text)]
                : throw new UserInputException($"{path}: {answers.Count} answers for {questions.Count} questions, and question_id is not unique");
        }

        Dictionary<string, string> byId = answers.ToDictionary(answer => answer.QuestionId, answer => answer.Text);
        return [.. questions.Select(question => byId.TryGetValue(question.Id, out string? text)
            ? text
            : throw new UserInputException($"{path}: no answer with question_id {question.Id}"))];
    }

    private static void WriteLines(Stream stream, IReadOnlyList<AnswerRecord> answers)
    {
        byte[] newLine = Encoding.UTF8.GetBytes("\n");
        foreach (AnswerRecord answer in answers)
        {
            using (Utf8JsonWriter writer = new(stream, Plain))
            {
                WriteRecord(writer, answer);
            }

            stream.Write(newLine);
        }
    }

    private static void WriteRecord(Utf8JsonWriter writer, AnswerRecord answer)
    {
        writer.WriteStartObject();
        if (long.TryParse(answer.QuestionId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            && number.ToString(CultureInfo.InvariantCulture) == answer.QuestionId)
        {
            writer.WriteNumber("question_id", number);
        }
        else
        {
            writer.WriteString("question_id", answer.QuestionId);
        }

        writer.WriteString("prompt", answer.Prompt);
        writer.WriteString("text", answer.Text);
        writer.WriteString("answer_id", answer.AnswerId);
        writer.WriteString("model_id", answer.ModelId);
        writer.WriteStartObject("metadata");
        if (answer.Image is not null)
        {
            writer.WriteString("image", answer.Image);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string? ImageOf(JsonRow row) =>
        row.OptionalText("image")
        ?? (row.Value.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
            ? (row with { Value = metadata }).OptionalText("image")
            : null);
}
