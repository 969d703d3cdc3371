namespace NSft.Data.Parquet.Metadata;

/// <summary>One node of the schema as the footer lists it, parents before children.</summary>
internal sealed record SchemaElement
{
    /// <summary>Name in its parent.</summary>
    public string Name { get; init; } = "";

    /// <summary>Type of a leaf; null for a group.</summary>
    public PhysicalType? Type { get; init; }

    /// <summary>Bytes of a value of fixed length.</summary>
    public int TypeLength { get; init; }

    /// <summary>How often it occurs; the root says nothing.</summary>
    public Repetition Repetition { get; init; }

    /// <summary>Children of a group.</summary>
    public int ChildCount { get; init; }

    /// <summary>What its values mean.</summary>
    public FieldMeaning Meaning { get; init; } = FieldMeaning.None;
}
