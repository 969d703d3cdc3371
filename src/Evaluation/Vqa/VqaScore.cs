namespace NSft.Evaluation.Vqa;

/// <summary>Exact-match score of short answers; rates are fractions of 1.</summary>
/// <param name="Accuracy">Right answers among all.</param>
/// <param name="ByKind">The same for each kind of question; empty when the file names none.</param>
/// <param name="Count">Questions scored.</param>
/// <param name="Unparsable">Answers without any word; they count as wrong.</param>
public sealed record VqaScore(double Accuracy, IReadOnlyDictionary<string, double> ByKind, int Count, int Unparsable);
