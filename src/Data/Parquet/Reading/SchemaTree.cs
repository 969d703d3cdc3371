using NSft.Data.Parquet.Metadata;

namespace NSft.Data.Parquet.Reading;

/// <summary>Builds the tree of the schema from the footer's flat list.</summary>
/// <param name="elements">The list, parents before children.</param>
internal sealed class SchemaTree(IReadOnlyList<SchemaElement> elements)
{
    private const int DeepestNesting = 30;
    private const int LongestValue = 1 << 28;

    private int _next;
    private int _leaves;

    /// <summary>Builds the children of the root.</summary>
    /// <exception cref="ParquetFormatException">The list is no tree, or a node makes no sense.</exception>
    public IReadOnlyList<SchemaNode> Build()
    {
        if (elements.Count == 0)
        {
            throw new ParquetFormatException("the footer has no schema");
        }

        SchemaElement root = elements[_next++];
        if (root.ChildCount <= 0)
        {
            throw new ParquetFormatException("the schema has no columns");
        }

        List<SchemaNode> fields = BuildChildren(root, 0, 0, DeepestNesting);
        return _next == elements.Count ? fields : throw new ParquetFormatException("the schema has nodes without a parent");
    }

    private List<SchemaNode> BuildChildren(SchemaElement parent, int definition, int repetition, int depth)
    {
        if (depth == 0)
        {
            throw new ParquetFormatException("the schema is nested too deeply");
        }

        if (parent.ChildCount < 0 || parent.ChildCount > elements.Count - _next)
        {
            throw new ParquetFormatException($"'{parent.Name}' in the schema has an impossible number of children");
        }

        List<SchemaNode> children = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int index = 0; index < parent.ChildCount; index++)
        {
            SchemaNode child = BuildNode(definition, repetition, depth);
            children.Add(names.Add(child.Element.Name) ? child : throw new ParquetFormatException($"two columns are called '{child.Element.Name}'"));
        }

        return children;
    }

    private SchemaNode BuildNode(int definition, int repetition, int depth)
    {
        if (_next == elements.Count)
        {
            throw ParquetFormatException.End("the schema");
        }

        SchemaElement element = elements[_next++];
        definition += element.Repetition == Repetition.Required ? 0 : 1;
        repetition += element.Repetition == Repetition.Repeated ? 1 : 0;
        if (element.Type is not null)
        {
            bool isRight = element.ChildCount == 0
                && (element.Type != PhysicalType.FixedLengthByteArray || element.TypeLength is > 0 and <= LongestValue);
            return isRight
                ? new SchemaNode(element, definition, repetition, _leaves++, [])
                : throw new ParquetFormatException($"column '{element.Name}' in the schema makes no sense");
        }

        if (element.ChildCount <= 0)
        {
            throw new ParquetFormatException($"group '{element.Name}' in the schema has no columns");
        }

        int firstLeaf = _leaves;
        return new SchemaNode(element, definition, repetition, firstLeaf, BuildChildren(element, definition, repetition, depth - 1));
    }
}
