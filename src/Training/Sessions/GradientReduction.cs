using NSft.Collectives;

namespace NSft.Training.Sessions;

/// <summary>Turns reduced sums into the gradient, an owner's part of its norm and of the magnitudes that the next exponents follow from.</summary>
/// <param name="parameters">Receives the gradient.</param>
/// <param name="sum">The sums: totals where they were exchanged.</param>
internal sealed class GradientReduction(TrainableParameters parameters, GradientAccumulator sum)
{
    private ElementRange _owned;

    /// <summary>Exponents of the step in flight; null when it was only measured.</summary>
    internal int[]? Current { get; private set; }

    /// <summary>Exponents that follow from the last committed gradient; null before the first one.</summary>
    internal int[]? Next { get; private set; } = sum.DataBits == 0 ? new int[parameters.Layout.Slices.Count] : null;

    /// <summary>Where the sums are totals over all workers.</summary>
    internal RangeSet Totals => RangeSet.Of(sum.Received.Append(_owned));

    /// <summary>Settles the exponents of a step.</summary>
    /// <param name="wanted">Those of a redo, or null for those that follow from the last commit.</param>
    internal void Begin(int[]? wanted)
    {
        CheckCount(wanted);
        Current = sum.DataBits == 0 ? Next : wanted ?? Next;
    }

    /// <summary>Forgets the range that this worker has the total of.</summary>
    internal void Clear() => _owned = default;

    /// <summary>Reads the gradient of the range that this worker owns.</summary>
    /// <param name="owned">Whole norm blocks; may be empty.</param>
    internal ReduceReport ReadOwned(ElementRange owned)
    {
        GradientLayout layout = parameters.Layout;
        var maxima = new float[layout.Slices.Count];
        if (owned.Length == 0)
        {
            return new ReduceReport([], maxima);
        }

        if (owned.Offset % GradientLayout.BlockLength != 0 || (owned.End % GradientLayout.BlockLength != 0 && owned.End != layout.Length))
        {
            throw new ArgumentException($"The range {owned.Offset}..{owned.End} does not consist of whole blocks.", nameof(owned));
        }

        _owned = default;
        int first = (int)(owned.Offset / GradientLayout.BlockLength);
        var blocks = new double[((owned.Length - 1) / GradientLayout.BlockLength) + 1];
        for (int i = 0; i < blocks.Length; i++)
        {
            ElementRange block = layout.Block(first + i);
            foreach (LayoutPiece piece in layout.Pieces(block))
            {
                maxima[piece.Slice] = Math.Max(maxima[piece.Slice], FixedPoint.Measure(Read(piece)).Maximum);
            }

            blocks[i] = BlockNorm.SumOfSquares(parameters.Gradients.Window(block));
        }

        _owned = owned;
        return new ReduceReport(blocks, maxima);
    }

    /// <summary>The gradient of a piece whose sums are totals.</summary>
    internal ReadOnlySpan<float> Read(LayoutPiece piece)
    {
        Span<float> gradient = parameters.Gradients.Window(piece.Range);
        if (_owned.Overlap(piece.Range) != piece.Range)
        {
            int[] exponents = Current ?? throw new InvalidOperationException("The step has no sums: it was only measured.");
            sum.Read(piece.Range, exponents[piece.Slice], gradient);
        }

        return gradient;
    }

    /// <summary>Takes the exponents that the next step starts with; float kinds have none.</summary>
    internal void Advance(int[]? exponents)
    {
        if (sum.DataBits > 0)
        {
            Next = exponents;
        }
    }

    /// <summary>Throws unless these can be the exponents of a step after the first one.</summary>
    internal void CheckNext(int[]? exponents)
    {
        CheckCount(exponents);
        if (sum.DataBits > 0 && exponents is null)
        {
            throw new ArgumentException("Fixed-point sums need exponents for the next step.", nameof(exponents));
        }
    }

    private void CheckCount(int[]? exponents)
    {
        int count = parameters.Layout.Slices.Count;
        if (exponents is not null && exponents.Length != count)
        {
            throw new ArgumentException($"{exponents.Length} exponents were given for {count} slices.", nameof(exponents));
        }
    }
}
