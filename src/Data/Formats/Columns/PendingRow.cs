using NSft.Data.Parquet.Rows;

namespace NSft.Data.Formats.Columns;

/// <summary>A row on its way into a Parquet file.</summary>
/// <param name="Record">The record that it was made from.</param>
/// <param name="Json">Its fields as JSON; empty where <paramref name="Origin"/> is there.</param>
/// <param name="Origin">The row as it was read, when it is written unchanged.</param>
internal sealed record PendingRow(DatasetRecord Record, ReadOnlyMemory<byte> Json, ParquetOrigin? Origin);
