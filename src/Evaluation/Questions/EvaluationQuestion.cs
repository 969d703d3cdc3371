namespace NSft.Evaluation.Questions;

/// <summary>What a benchmark asks the model: one question about one image.</summary>
/// <param name="Id">Identifier in the question file, or the row number.</param>
/// <param name="Image">Image path relative to the image folder.</param>
/// <param name="Text">The question as the user would type it.</param>
public sealed record EvaluationQuestion(string Id, string Image, string Text);
