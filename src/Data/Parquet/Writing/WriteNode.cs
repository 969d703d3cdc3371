using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Writing;

/// <summary>How one field of a row is taken apart into the levels of its leaves, and how the file's schema names it.</summary>
/// <param name="Field">The field.</param>
/// <param name="DefinitionLevel">Definition level where the field is there and, for a list, empty.</param>
/// <param name="RepetitionLevel">Repetition level of a list's further items, and of a leaf.</param>
/// <param name="FirstLeaf">Place of the first leaf.</param>
/// <param name="Children">Fields of a struct; the element of a list.</param>
internal sealed record WriteNode(ParquetField Field, int DefinitionLevel, int RepetitionLevel, int FirstLeaf, IReadOnlyList<WriteNode> Children)
{
    private const string ListGroup = "list";
    private const string ElementName = "element";
    private const string MapGroup = "key_value";

    /// <summary>Leaves at or below it.</summary>
    public int LeafCount => Field.Kind == ParquetFieldKind.Leaf ? 1 : Children.Sum(child => child.LeafCount);

    private bool IsMap => Field.Kind == ParquetFieldKind.List && Field.Meaning.IsMap && Field.Element is { Kind: ParquetFieldKind.Struct, IsOptional: false };

    /// <summary>Plans a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="definition">Definition level of its parent.</param>
    /// <param name="repetition">Repetition level of its parent.</param>
    /// <param name="leaves">Leaves planned so far.</param>
    public static WriteNode Of(ParquetField field, int definition, int repetition, ref int leaves)
    {
        int firstLeaf = leaves;
        definition += field.IsOptional ? 1 : 0;
        List<WriteNode> children = [];
        switch (field.Kind)
        {
            case ParquetFieldKind.Leaf:
                leaves++;
                break;
            case ParquetFieldKind.List:
                repetition++;
                children.Add(Of(field.Element, definition + 1, repetition, ref leaves));
                break;
            default:
                foreach (ParquetField child in field.Children)
                {
                    children.Add(Of(child, definition, repetition, ref leaves));
                }

                break;
        }

        return new WriteNode(field, definition, repetition, firstLeaf, children);
    }

    /// <summary>Its leaves with their names from the root down.</summary>
    public IEnumerable<(WriteNode Leaf, IReadOnlyList<string> Path)> Leaves(IReadOnlyList<string> parent, string? name = null)
    {
        IReadOnlyList<string> path = [.. parent, name ?? Field.Name];
        return Field.Kind switch
        {
            ParquetFieldKind.Leaf => [(this, path)],
            ParquetFieldKind.List when IsMap => Children[0].Leaves(path, MapGroup),
            ParquetFieldKind.List => Children[0].Leaves([.. path, ListGroup], ElementName),
            _ => Children.SelectMany(child => child.Leaves(path)),
        };
    }

    /// <summary>Its nodes in the footer's list.</summary>
    public void Describe(List<SchemaElement> elements) => Describe(elements, Field.Name, Field.IsOptional ? Repetition.Optional : Repetition.Required);

    private void Describe(List<SchemaElement> elements, string name, Repetition repetition)
    {
        bool isLeaf = Field.Kind == ParquetFieldKind.Leaf;
        elements.Add(new SchemaElement
        {
            Name = name,
            Type = isLeaf ? Field.Type : null,
            TypeLength = Field.TypeLength,
            Repetition = repetition,
            ChildCount = isLeaf ? 0 : Children.Count,
            Meaning = Field.Meaning,
        });
        if (IsMap)
        {
            Children[0].Describe(elements, MapGroup, Repetition.Repeated);
        }
        else if (Field.Kind == ParquetFieldKind.List)
        {
            elements.Add(new SchemaElement { Name = ListGroup, Repetition = Repetition.Repeated, ChildCount = 1 });
            Children[0].Describe(elements, ElementName, Children[0].Field.IsOptional ? Repetition.Optional : Repetition.Required);
        }
        else
        {
            foreach (WriteNode child in Children)
            {
                child.Describe(elements);
            }
        }
    }
}
