using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet;

/// <summary>How a Parquet file is written.</summary>
internal sealed record ParquetWriteOptions
{
    /// <summary>Snappy, gzip or none.</summary>
    public Codec Codec { get; init; } = Codec.Snappy;

    /// <summary>A row group ends when its pages take so many bytes; they are held in memory until then.</summary>
    public long RowGroupBytes { get; init; } = 64 << 20;

    /// <summary>A row group ends after so many rows.</summary>
    public int RowGroupRows { get; init; } = 100_000;

    /// <summary>Notes for readers.</summary>
    public IReadOnlyDictionary<string, string> KeyValues { get; init; } = NoExtensions.Value;
}
