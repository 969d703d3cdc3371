namespace NSft.Model;

/// <summary>Where a batch's labels are predicted: the only place that shifts labels against positions.</summary>
/// <param name="Rows">Row of each label, rising.</param>
/// <param name="Positions">Flat position row * T + column of the hidden state that predicts the label, one before the label's own.</param>
/// <param name="Targets">The label ids.</param>
/// <param name="RowCount">Rows of the batch.</param>
public sealed record LabelPositions(int[] Rows, long[] Positions, long[] Targets, int RowCount)
{
    /// <summary>Number of labels of each row.</summary>
    public int[] Counts
    {
        get
        {
            var counts = new int[RowCount];
            foreach (int row in Rows)
            {
                counts[row]++;
            }

            return counts;
        }
    }

    /// <summary>Finds the labels of a batch. A label in a row's first column has nothing before it and does not count.</summary>
    /// <param name="labels">Row-major, not shifted; negative (-100) where nothing is trained.</param>
    /// <param name="rowCount">Rows.</param>
    public static LabelPositions Find(ReadOnlySpan<long> labels, int rowCount)
    {
        int width = labels.Length / rowCount;
        var rows = new List<int>();
        var positions = new List<long>();
        var targets = new List<long>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (i % width > 0 && labels[i] >= 0)
            {
                rows.Add(i / width);
                positions.Add(i - 1);
                targets.Add(labels[i]);
            }
        }

        return new LabelPositions([.. rows], [.. positions], [.. targets], rowCount);
    }
}
