namespace NSft.Data.Reading;

/// <summary>A row that can be used, or why it cannot; exactly one of the two.</summary>
/// <param name="Value">The row.</param>
/// <param name="Problem">Why there is none.</param>
internal readonly record struct RowResult<T>(T? Value, RowProblem? Problem)
    where T : class;
