using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Vqa;

/// <summary>A question with its true answer.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">The true answer.</param>
/// <param name="Kind">Group that the score is also given for; null when the file has none.</param>
public sealed record VqaQuestion(EvaluationQuestion Question, string Answer, string? Kind);
