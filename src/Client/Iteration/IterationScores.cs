namespace NSft.Client.Iteration;

/// <summary>Scores of one model; rates are fractions of 1, null where nothing was asked.</summary>
/// <param name="ChairI">Invented objects among all that captions mention.</param>
/// <param name="ChairS">Captions with an invented object.</param>
/// <param name="Recall">Objects that captions mention among those that are there.</param>
/// <param name="Pope">Mean accuracy over the POPE files.</param>
/// <param name="YesRatio">Mean share of yes over the POPE files.</param>
internal sealed record IterationScores(double? ChairI, double? ChairS, double? Recall, double? Pope, double? YesRatio);
