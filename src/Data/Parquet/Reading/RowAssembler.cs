using System.Globalization;

namespace NSft.Data.Parquet.Reading;

/// <summary>Puts rows of one row group together from the levels and values of their leaves.</summary>
/// <param name="fields">The fields of a row; null for those that are not read.</param>
/// <param name="cursors">A cursor a leaf; null for leaves that are not read.</param>
internal sealed class RowAssembler(IReadOnlyList<ReadNode?> fields, IReadOnlyList<ColumnCursor?> cursors)
{
    // Levels of a few bytes can claim lists without end; no real row comes near.
    private const int MostItems = 1 << 20;

    private int _items;

    /// <summary>The next row: one value a field, null where it is not read.</summary>
    /// <param name="culprit">The column being read, to be named when reading fails.</param>
    /// <exception cref="ParquetFormatException">The columns do not fit each other.</exception>
    public ParquetValue[] ReadRow(out ColumnCursor? culprit)
    {
        _items = 0;
        culprit = null;
        ParquetValue[] row = new ParquetValue[fields.Count];
        for (int index = 0; index < row.Length; index++)
        {
            if (fields[index] is ReadNode node)
            {
                culprit = cursors[node.FirstLeaf];
                Require(node, repetition: 0);
                row[index] = Read(node);
            }
        }

        return row;
    }

    private ParquetValue Read(ReadNode node)
    {
        ColumnCursor first = cursors[node.FirstLeaf]!;
        if (first.IsAtEnd)
        {
            throw ParquetFormatException.End("a row");
        }

        if (first.Definition < node.PresentFrom)
        {
            Pass(node, first.Definition);
            return ParquetValue.Null;
        }

        return node.Field.Kind switch
        {
            ParquetFieldKind.Leaf => ReadLeaf(node, first),
            ParquetFieldKind.List => ReadList(node, first),
            _ => ReadStruct(node),
        };
    }

    private static ParquetValue ReadLeaf(ReadNode node, ColumnCursor cursor)
    {
        if (cursor.Definition != node.FullFrom)
        {
            throw Disagreement();
        }

        ParquetValue value = cursor.Value;
        cursor.Advance();
        return value;
    }

    private ParquetValue ReadStruct(ReadNode node)
    {
        ParquetValue[] values = new ParquetValue[node.Children.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = Read(node.Children[index]);
        }

        return ParquetValue.Group(values);
    }

    private ParquetValue ReadList(ReadNode node, ColumnCursor first)
    {
        if (first.Definition < node.FullFrom)
        {
            Pass(node, first.Definition);
            return ParquetValue.List([]);
        }

        List<ParquetValue> items = [Read(node.Children[0])];
        while (!first.IsAtEnd && first.Repetition == node.RepetitionLevel)
        {
            if (++_items > MostItems)
            {
                throw ParquetFormatException.Unsupported(
                    string.Create(CultureInfo.InvariantCulture, $"a row with lists of more than {MostItems} items"), "split the row");
            }

            Require(node, node.RepetitionLevel);
            items.Add(Read(node.Children[0]));
        }

        return ParquetValue.List([.. items]);
    }

    // Where a list or struct is null or empty, each of its leaves has one entry that says so.
    private void Pass(ReadNode node, int definition)
    {
        for (int leaf = node.FirstLeaf; leaf < node.FirstLeaf + node.LeafCount; leaf++)
        {
            ColumnCursor cursor = cursors[leaf]!;
            if (cursor.IsAtEnd || cursor.Definition != definition)
            {
                throw Disagreement();
            }

            cursor.Advance();
        }
    }

    private void Require(ReadNode node, int repetition)
    {
        for (int leaf = node.FirstLeaf; leaf < node.FirstLeaf + node.LeafCount; leaf++)
        {
            ColumnCursor cursor = cursors[leaf]!;
            if (cursor.IsAtEnd || cursor.Repetition != repetition)
            {
                throw Disagreement();
            }
        }
    }

    private static ParquetFormatException Disagreement() => new("the column does not have the rows and list items that the footer and the other columns have");
}
