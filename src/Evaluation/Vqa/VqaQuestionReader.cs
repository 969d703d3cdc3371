using System.Globalization;
using NSft.Collectives;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Vqa;

/// <summary>Reads question files: rows of <c>{question_id, image, text, answer, kind?}</c>; <c>question</c> is accepted for <c>text</c>.</summary>
public static class VqaQuestionReader
{
    /// <summary>All questions in file order.</summary>
    /// <exception cref="UserInputException">A row lacks a field.</exception>
    public static IReadOnlyList<VqaQuestion> Read(string path) => [.. JsonRows.Read(path).Select(Question)];

    private static VqaQuestion Question(JsonRow row)
    {
        string id = row.Identifier("question_id") ?? row.Number.ToString(CultureInfo.InvariantCulture);
        string text = row.OptionalText("text") ?? row.OptionalText("question") ?? row.Text("text");
        string answer = row.Identifier("answer") ?? row.Text("answer");
        return new VqaQuestion(new EvaluationQuestion(id, row.Text("image"), text), answer, row.OptionalText("kind"));
    }
}
