namespace NSft.Data.Parquet.Metadata;

/// <summary>What stands at the end of a file.</summary>
/// <param name="Schema">The schema's nodes, the root first.</param>
/// <param name="RowCount">All rows.</param>
/// <param name="RowGroups">The row groups in file order.</param>
/// <param name="KeyValues">Notes of whoever wrote the file.</param>
internal sealed record FileFooter(
    IReadOnlyList<SchemaElement> Schema, long RowCount, IReadOnlyList<RowGroup> RowGroups, IReadOnlyDictionary<string, string> KeyValues);
