namespace NSft.Data.Parquet.Metadata;

/// <summary>What the values of a field mean, kept as the file says it so that it can be written again.</summary>
/// <param name="ConvertedType">The older annotation's code, or null.</param>
/// <param name="Scale">Scale of a decimal.</param>
/// <param name="Precision">Precision of a decimal.</param>
/// <param name="LogicalType">The newer annotation: the bytes of its Thrift union, or null.</param>
internal sealed record FieldMeaning(int? ConvertedType, int? Scale = null, int? Precision = null, byte[]? LogicalType = null)
{
    private const int TextCode = 0;
    private const int MapCode = 1;
    private const int MapKeyValueCode = 2;
    private const int ListCode = 3;
    private const int EnumCode = 4;
    private const int JsonCode = 19;

    // A union is a struct of one field, so its first byte names the member: its id in the high half, a struct in the low half.
    private const byte TextMember = 0x1C;
    private const byte MapMember = 0x2C;
    private const byte ListMember = 0x3C;
    private const byte EnumMember = 0x4C;
    private const byte JsonMember = 0xCC;

    /// <summary>Nothing is said.</summary>
    public static FieldMeaning None { get; } = new((int?)null);

    /// <summary>UTF-8 text.</summary>
    public static FieldMeaning Text { get; } = new(TextCode, LogicalType: [TextMember, 0, 0]);

    /// <summary>JSON as UTF-8 text.</summary>
    public static FieldMeaning Json { get; } = new(JsonCode, LogicalType: [JsonMember, 0, 0]);

    /// <summary>A list.</summary>
    public static FieldMeaning List { get; } = new(ListCode, LogicalType: [ListMember, 0, 0]);

    /// <summary>A map: a list of keys and values.</summary>
    public static FieldMeaning Map { get; } = new(MapCode, LogicalType: [MapMember, 0, 0]);

    /// <summary>Whether the values are text: plain, JSON or names of an enumeration.</summary>
    public bool IsText => ConvertedType is TextCode or EnumCode or JsonCode || Member is TextMember or EnumMember or JsonMember;

    /// <summary>Whether the values are JSON.</summary>
    public bool IsJson => ConvertedType == JsonCode || Member == JsonMember;

    /// <summary>Whether the group is a list.</summary>
    public bool IsList => ConvertedType == ListCode || Member == ListMember;

    /// <summary>Whether the group is a map.</summary>
    public bool IsMap => ConvertedType is MapCode or MapKeyValueCode || Member == MapMember;

    /// <summary>Whether another field's values mean the same, in whichever annotation it says so.</summary>
    public bool IsSame(FieldMeaning other)
    {
        if (IsText || IsList || IsMap)
        {
            return (IsText, IsJson, IsList, IsMap) == (other.IsText, other.IsJson, other.IsList, other.IsMap);
        }

        return (ConvertedType, Scale, Precision) == (other.ConvertedType, other.Scale, other.Precision)
            && LogicalType.AsSpan().SequenceEqual(other.LogicalType);
    }

    private byte Member => LogicalType is [byte first, ..] ? first : (byte)0;
}
