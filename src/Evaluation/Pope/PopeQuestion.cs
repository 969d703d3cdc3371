using NSft.Evaluation.Questions;

namespace NSft.Evaluation.Pope;

/// <summary>A polling question with its true answer.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="IsPresent">True when the object asked about is in the image.</param>
public sealed record PopeQuestion(EvaluationQuestion Question, bool IsPresent);
