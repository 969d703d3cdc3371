namespace NSft.Data.Parquet.Writing;

/// <summary>Takes the values of a row apart into entries of their leaves.</summary>
/// <param name="columns">The leaves.</param>
internal sealed class RowSplitter(IReadOnlyList<ColumnBuffer> columns)
{
    /// <summary>Appends the value of a field of a row.</summary>
    public void Add(WriteNode node, ParquetValue value) => Add(node, value, 0, 0);

    private void Add(WriteNode node, ParquetValue value, int repetition, int definition)
    {
        if (value.IsNull)
        {
            AddNull(node, repetition, definition);
            return;
        }

        switch (node.Field.Kind)
        {
            case ParquetFieldKind.Leaf:
                columns[node.FirstLeaf].Add(repetition, node.DefinitionLevel, value);
                break;
            case ParquetFieldKind.List:
                AddList(node, value, repetition);
                break;
            default:
                for (int index = 0; index < node.Children.Count; index++)
                {
                    Add(node.Children[index], value.Items[index], repetition, node.DefinitionLevel);
                }

                break;
        }
    }

    private void AddList(WriteNode node, ParquetValue value, int repetition)
    {
        if (value.Items.Count == 0)
        {
            AddNull(node, repetition, node.DefinitionLevel);
            return;
        }

        for (int index = 0; index < value.Items.Count; index++)
        {
            Add(node.Children[0], value.Items[index], index == 0 ? repetition : node.RepetitionLevel, node.DefinitionLevel + 1);
        }
    }

    private void AddNull(WriteNode node, int repetition, int definition)
    {
        for (int leaf = node.FirstLeaf; leaf < node.FirstLeaf + node.LeafCount; leaf++)
        {
            columns[leaf].AddNull(repetition, definition);
        }
    }
}
