namespace NSft.Data.Parquet.Metadata;

/// <summary>How often a field occurs in its parent, by the codes of the format.</summary>
internal enum Repetition
{
    Required = 0,
    Optional = 1,
    Repeated = 2,
}
