namespace NSft.Client.Datasets;

/// <summary>What a mixture became.</summary>
/// <param name="Inputs">The data sets.</param>
/// <param name="Counts">Rows that each has.</param>
/// <param name="Taken">Rows taken of each.</param>
/// <param name="Rows">Rows written.</param>
/// <param name="Skipped">Rows that could not be read or written.</param>
internal sealed record MixOutcome(
    IReadOnlyList<DatasetInput> Inputs, IReadOnlyList<long> Counts, IReadOnlyList<long> Taken, long Rows, SkippedRows Skipped);
