namespace NSft.Client.Iteration;

/// <summary>Pairing in numbers.</summary>
/// <param name="Pairs">Pairs made.</param>
/// <param name="Dropped">What gave no pair, by reason.</param>
internal sealed record PairedStage(int Pairs, IReadOnlyDictionary<string, int> Dropped);
