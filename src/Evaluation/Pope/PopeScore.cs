namespace NSft.Evaluation.Pope;

/// <summary>Scores of one POPE split; rates are fractions of 1 with yes as the positive class.</summary>
/// <param name="Accuracy">Right answers among all.</param>
/// <param name="Precision">True among those answered yes; 0 when nothing was answered yes.</param>
/// <param name="Recall">Answered yes among the true; 0 when nothing is true.</param>
/// <param name="F1">Harmonic mean of precision and recall; 0 when both are 0.</param>
/// <param name="YesRatio">Answered yes among all.</param>
/// <param name="Unparsable">Answers that hold neither a yes nor a no.</param>
/// <param name="Count">Questions scored.</param>
public sealed record PopeScore(double Accuracy, double Precision, double Recall, double F1, double YesRatio, int Unparsable, int Count);
