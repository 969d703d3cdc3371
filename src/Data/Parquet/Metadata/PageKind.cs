namespace NSft.Data.Parquet.Metadata;

/// <summary>Kinds of pages, by the codes of the format.</summary>
internal enum PageKind
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}
