namespace NSft.Client.Datasets;

/// <summary>What a split made.</summary>
/// <param name="Parts">Each part with its file name and number of rows.</param>
/// <param name="Skipped">Rows that are in no part.</param>
internal sealed record SplitOutcome(IReadOnlyList<(string Name, string File, long Rows)> Parts, SkippedRows Skipped);
