namespace NSft.Data.Parquet.Metadata;

/// <summary>Where the values of one leaf in one row group lie.</summary>
internal sealed record ColumnChunk
{
    /// <summary>Type of the values.</summary>
    public PhysicalType Type { get; init; }

    /// <summary>Encodings that its pages use, for those who read the footer only.</summary>
    public IReadOnlyList<PageEncoding> Encodings { get; init; } = [];

    /// <summary>Names from the root down to the leaf.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Compression of its pages.</summary>
    public Codec Codec { get; init; }

    /// <summary>Values, nulls included.</summary>
    public long ValueCount { get; init; }

    /// <summary>Bytes of its pages with headers before compression.</summary>
    public long UncompressedBytes { get; init; }

    /// <summary>Bytes of its pages with headers in the file.</summary>
    public long CompressedBytes { get; init; }

    /// <summary>Where its first data page lies.</summary>
    public long DataOffset { get; init; }

    /// <summary>Where its dictionary page lies; null when it has none.</summary>
    public long? DictionaryOffset { get; init; }

    /// <summary>Whether the values are in another file.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether the values are encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Where its first page lies; some writers give a dictionary offset of 0 for none.</summary>
    public long Start => DictionaryOffset is > 0 and long offset && offset < DataOffset ? offset : DataOffset;
}
