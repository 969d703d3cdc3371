using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet;

/// <summary>A field of a schema as its reader sees it: lists are lists, whatever groups the file makes of them.</summary>
internal sealed record ParquetField
{
    /// <summary>Name in its struct.</summary>
    public required string Name { get; init; }

    /// <summary>What it is made of.</summary>
    public ParquetFieldKind Kind { get; init; }

    /// <summary>Whether it may be null.</summary>
    public bool IsOptional { get; init; } = true;

    /// <summary>Type of a leaf.</summary>
    public PhysicalType Type { get; init; }

    /// <summary>Bytes of a value of fixed length.</summary>
    public int TypeLength { get; init; }

    /// <summary>What the values mean.</summary>
    public FieldMeaning Meaning { get; init; } = FieldMeaning.None;

    /// <summary>Fields of a struct; the one element of a list.</summary>
    public IReadOnlyList<ParquetField> Children { get; init; } = [];

    /// <summary>The element of a list.</summary>
    public ParquetField Element => Children[0];

    /// <summary>Whether it is a leaf of bytes, which may be text.</summary>
    public bool IsBytes => Kind == ParquetFieldKind.Leaf && Type is PhysicalType.ByteArray;

    /// <summary>Text.</summary>
    public static ParquetField Text(string name) => new() { Name = name, Type = PhysicalType.ByteArray, Meaning = FieldMeaning.Text };

    /// <summary>Values of a type without further meaning.</summary>
    public static ParquetField Leaf(string name, PhysicalType type) => new() { Name = name, Type = type };

    /// <summary>A struct.</summary>
    public static ParquetField Struct(string name, params IReadOnlyList<ParquetField> children) =>
        new() { Name = name, Kind = ParquetFieldKind.Struct, Children = children };

    /// <summary>A list.</summary>
    public static ParquetField List(ParquetField element, string name) =>
        new() { Name = name, Kind = ParquetFieldKind.List, Meaning = FieldMeaning.List, Children = [element] };

    /// <summary>Whether every value of another field is one of this field and means the same.</summary>
    public bool Accepts(ParquetField other) =>
        Name == other.Name && Kind == other.Kind && (IsOptional || !other.IsOptional) && Meaning.IsSame(other.Meaning) && Children.Count == other.Children.Count
        && (Kind != ParquetFieldKind.Leaf || (Type == other.Type && TypeLength == other.TypeLength))
        && Children.Zip(other.Children).All(pair => AcceptsChild(pair.First, pair.Second));

    // The element of a list has whatever name its writer gave it.
    private bool AcceptsChild(ParquetField own, ParquetField other) => own.Accepts(Kind == ParquetFieldKind.List ? other with { Name = own.Name } : other);
}
