namespace NSft.Data.Parquet;

/// <summary>What a field is made of.</summary>
internal enum ParquetFieldKind
{
    /// <summary>Values of a physical type.</summary>
    Leaf,

    /// <summary>Named fields.</summary>
    Struct,

    /// <summary>Any number of one element.</summary>
    List,
}
