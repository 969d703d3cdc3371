namespace NSft.Data.Parquet.Metadata;

/// <summary>A run of rows that are stored together.</summary>
/// <param name="Columns">One chunk a leaf, in the schema's order.</param>
/// <param name="RowCount">Its rows.</param>
internal sealed record RowGroup(IReadOnlyList<ColumnChunk> Columns, long RowCount);
