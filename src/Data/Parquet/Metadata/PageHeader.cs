namespace NSft.Data.Parquet.Metadata;

/// <summary>What stands in front of a page.</summary>
internal sealed record PageHeader
{
    /// <summary>What the page holds.</summary>
    public PageKind Kind { get; init; }

    /// <summary>Bytes of the page in the file, without this header.</summary>
    public int CompressedBytes { get; init; }

    /// <summary>Bytes of the page before compression.</summary>
    public int UncompressedBytes { get; init; }

    /// <summary>Check sum of the page's bytes in the file, when given.</summary>
    public uint? Checksum { get; init; }

    /// <summary>Values, nulls included.</summary>
    public int ValueCount { get; init; }

    /// <summary>How the values are encoded.</summary>
    public PageEncoding Encoding { get; init; }

    /// <summary>How the levels are encoded, of a page of version 1.</summary>
    public PageEncoding DefinitionEncoding { get; init; } = PageEncoding.Rle;

    /// <summary>How the levels are encoded, of a page of version 1.</summary>
    public PageEncoding RepetitionEncoding { get; init; } = PageEncoding.Rle;

    /// <summary>Bytes of the definition levels, of a page of version 2.</summary>
    public int DefinitionBytes { get; init; }

    /// <summary>Bytes of the repetition levels, of a page of version 2.</summary>
    public int RepetitionBytes { get; init; }

    /// <summary>Whether the values are compressed, of a page of version 2.</summary>
    public bool IsCompressed { get; init; } = true;
}
