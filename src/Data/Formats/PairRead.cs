namespace NSft.Data.Formats;

/// <summary>A record as a preference pair, or why it cannot be one; exactly one of the two.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Problem">Why there is none.</param>
public readonly record struct PairRead(PreferencePair? Pair, RowProblem? Problem);
