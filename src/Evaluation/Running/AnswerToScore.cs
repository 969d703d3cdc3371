using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Running;

/// <summary>A question with an answer whose likelihood is asked.</summary>
/// <param name="Question">The question and its image.</param>
/// <param name="Answer">The answer.</param>
public sealed record AnswerToScore(EvaluationQuestion Question, string Answer);
