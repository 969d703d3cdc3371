namespace NSft.Data.Formats;

/// <summary>One row of a file: what it holds, or why it cannot be used; exactly one of the two.</summary>
/// <param name="Record">The row.</param>
/// <param name="Problem">Why there is none.</param>
public readonly record struct RecordRead(DatasetRecord? Record, RowProblem? Problem);
