namespace NSft.Data.Parquet.Rows;

/// <summary>A row as its file has it, so that it can be written again without loss.</summary>
/// <param name="Table">What it has in common with the file's other rows.</param>
/// <param name="Values">One value a column.</param>
internal sealed record ParquetOrigin(ParquetTable Table, IReadOnlyList<ParquetValue> Values);
