namespace NSft.Training.Plans;

/// <summary>One forward and backward pass.</summary>
/// <param name="Term">Index of the objective's term.</param>
/// <param name="Samples">Indices of the samples, in row order.</param>
/// <param name="PaddedLength">Tokens that every row is padded to.</param>
public sealed record TrainingPass(int Term, IReadOnlyList<int> Samples, int PaddedLength);
