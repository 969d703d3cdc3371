namespace NSft.Data.Parquet.Rows;

/// <summary>What the rows of one file have in common.</summary>
/// <param name="Schema">The columns.</param>
/// <param name="KeyValues">Notes of whoever wrote the file.</param>
internal sealed record ParquetTable(ParquetSchema Schema, IReadOnlyDictionary<string, string> KeyValues);
