namespace NSft.Data;

/// <summary>What a reader got out of a file: the rows that can be used, in file order, and the rows that cannot.</summary>
/// <param name="Rows">Usable rows in file order.</param>
/// <param name="Problems">One entry for every row that was left out, in file order.</param>
/// <typeparam name="T">Row type.</typeparam>
public sealed record ReadOutcome<T>(IReadOnlyList<T> Rows, IReadOnlyList<RowProblem> Problems);
