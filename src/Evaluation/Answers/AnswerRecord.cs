namespace NSft.Evaluation.Answers;

/// <summary>One line of an answer file in LLaVA's form.</summary>
/// <param name="QuestionId">Identifier of the question; integers are written as JSON numbers.</param>
/// <param name="Prompt">The question asked.</param>
/// <param name="Text">The model's answer.</param>
/// <param name="AnswerId">Identifier of this answer.</param>
/// <param name="ModelId">Name of the model.</param>
/// <param name="Image">Image asked about, kept under <c>metadata</c>; null when a foreign file does not say.</param>
public sealed record AnswerRecord(string QuestionId, string Prompt, string Text, string AnswerId, string ModelId, string? Image = null);
