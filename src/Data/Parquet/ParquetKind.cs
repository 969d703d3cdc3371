namespace NSft.Data.Parquet;

/// <summary>What a value is.</summary>
internal enum ParquetKind : byte
{
    Null,
    Boolean,
    Int32,
    Int64,
    Float,
    Double,

    /// <summary>Bytes of any length: text, images, and the types of fixed length.</summary>
    Bytes,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>A struct: one value a field, in the schema's order.</summary>
    Group,
}
