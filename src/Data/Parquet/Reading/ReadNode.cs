using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Reading;

/// <summary>How one field of a row is put together from the levels of its leaves.</summary>
internal sealed class ReadNode
{
    private const string LegacyElement = "array";
    private const string LegacySuffix = "_tuple";

    private ReadNode(SchemaNode node, ParquetField field)
    {
        Field = field;
        FirstLeaf = node.FirstLeaf;
        LeafCount = node.LeafCount;
    }

    /// <summary>The field as its reader sees it.</summary>
    public ParquetField Field { get; }

    /// <summary>Fields of a struct; the element of a list.</summary>
    public IReadOnlyList<ReadNode> Children { get; private init; } = [];

    /// <summary>It is null below this definition level; 0 when it is never null.</summary>
    public int PresentFrom { get; private init; }

    /// <summary>A list is empty below this definition level; a leaf has this level when it has a value.</summary>
    public int FullFrom { get; private init; }

    /// <summary>Repetition level at which a list goes on; the largest one of a leaf.</summary>
    public int RepetitionLevel { get; private init; }

    /// <summary>Place of the first leaf that it is made from.</summary>
    public int FirstLeaf { get; }

    /// <summary>Leaves that it is made from, side by side.</summary>
    public int LeafCount { get; }

    /// <summary>The plan of a field, which is a list where the file repeats it.</summary>
    public static ReadNode Of(SchemaNode node)
    {
        if (!node.IsRepeated)
        {
            return Single(node, node.Element.Repetition == Repetition.Optional);
        }

        ReadNode element = Single(node, isOptional: false);
        return List(node, node, element, FieldMeaning.List, isOptional: false);
    }

    private static ReadNode Single(SchemaNode node, bool isOptional)
    {
        if (node.IsLeaf)
        {
            return Leaf(node, isOptional);
        }

        FieldMeaning meaning = node.Element.Meaning;
        bool wrapsList = (meaning.IsList || meaning.IsMap) && node.Children is [{ IsRepeated: true }];
        if (!wrapsList)
        {
            return Struct(node, isOptional);
        }

        SchemaNode repeated = node.Children[0];
        bool isPair = meaning.IsMap && !repeated.IsLeaf;
        ReadNode element = isPair ? Struct(repeated, isOptional: false) : Element(node, repeated);
        return List(node, repeated, element, isPair ? FieldMeaning.Map : FieldMeaning.List, isOptional);
    }

    // A list has two levels or three; the format's definition tells them apart by the rules below.
    private static ReadNode Element(SchemaNode list, SchemaNode repeated)
    {
        bool isElementItself = repeated.IsLeaf || repeated.Children.Count != 1 || repeated.Children[0].IsRepeated
            || repeated.Element.Name == LegacyElement || repeated.Element.Name == list.Element.Name + LegacySuffix;
        return isElementItself ? Single(repeated, isOptional: false) : Of(repeated.Children[0]);
    }

    private static ReadNode Leaf(SchemaNode node, bool isOptional)
    {
        ParquetField field = Plain(node, ParquetFieldKind.Leaf, isOptional) with
        {
            Type = node.Element.Type!.Value,
            TypeLength = node.Element.TypeLength,
        };
        return new ReadNode(node, field)
        {
            PresentFrom = isOptional ? node.DefinitionLevel : 0,
            FullFrom = node.DefinitionLevel,
            RepetitionLevel = node.RepetitionLevel,
        };
    }

    private static ReadNode Struct(SchemaNode node, bool isOptional)
    {
        List<ReadNode> children = [.. node.Children.Select(Of)];
        ParquetField field = Plain(node, ParquetFieldKind.Struct, isOptional) with { Children = [.. children.Select(child => child.Field)] };
        return new ReadNode(node, field) { Children = children, PresentFrom = isOptional ? node.DefinitionLevel : 0 };
    }

    private static ReadNode List(SchemaNode node, SchemaNode repeated, ReadNode element, FieldMeaning meaning, bool isOptional)
    {
        ParquetField field = Plain(node, ParquetFieldKind.List, isOptional) with { Meaning = meaning, Children = [element.Field] };
        return new ReadNode(node, field)
        {
            Children = [element],
            PresentFrom = isOptional ? node.DefinitionLevel : 0,
            FullFrom = repeated.DefinitionLevel,
            RepetitionLevel = repeated.RepetitionLevel,
        };
    }

    private static ParquetField Plain(SchemaNode node, ParquetFieldKind kind, bool isOptional) => new()
    {
        Name = node.Element.Name,
        Kind = kind,
        IsOptional = isOptional,
        Meaning = node.Element.Meaning,
    };
}
