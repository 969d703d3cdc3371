using System.Globalization;
using NSft.Collectives;
using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Pope;

/// <summary>Reads POPE question files: JSON lines of <c>{question_id, image, text, label}</c>.</summary>
public static class PopeQuestionReader
{
    /// <summary>All questions in file order.</summary>
    /// <exception cref="UserInputException">A row lacks a field, or its label is neither yes nor no.</exception>
    public static IReadOnlyList<PopeQuestion> Read(string path) => [.. JsonRows.Read(path).Select(Question)];

    private static PopeQuestion Question(JsonRow row)
    {
        string label = row.Text("label").Trim();
        bool present = label.Equals("yes", StringComparison.OrdinalIgnoreCase);
        if (!present && !label.Equals("no", StringComparison.OrdinalIgnoreCase))
        {
            throw row.Wrong($"label is \"{label}\"; it must be yes or no");
        }

        string id = row.Identifier("question_id") ?? row.Number.ToString(CultureInfo.InvariantCulture);
        return new PopeQuestion(new EvaluationQuestion(id, row.Text("image"), row.Text("text")), present);
    }
}
