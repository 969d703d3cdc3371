using NSft.Collectives;

namespace NSft.Training.Sessions;

/// <summary>Turns the reduced sums into the gradient, its norm and the exponents of the next step.</summary>
/// <param name="parameters">Receives the gradient.</param>
/// <param name="sum">The reduced sums.</param>
internal sealed class GradientReduction(TrainableParameters parameters, GradientAccumulator sum)
{
    private readonly float[] _maxima = new float[parameters.Layout.Slices.Count];

    /// <summary>Exponents of the step in flight; null when it was only measured.</summary>
    internal int[]? Current { get; private set; }

    /// <summary>Exponents that follow from the last committed gradient; null before the first one.</summary>
    internal int[]? Next { get; private set; } = sum.DataBits == 0 ? new int[parameters.Layout.Slices.Count] : null;

    /// <summary>Settles the exponents of a step.</summary>
    /// <param name="wanted">Those of a redo, or null for those that follow from the last commit.</param>
    internal void Begin(int[]? wanted)
    {
        if (wanted is not null && wanted.Length != _maxima.Length)
        {
            throw new ArgumentException($"{wanted.Length} exponents were given for {_maxima.Length} slices.", nameof(wanted));
        }

        Current = sum.DataBits == 0 ? Next : wanted ?? Next;
    }

    /// <summary>Reads the sums into the gradient vector.</summary>
    /// <returns>The global gradient norm.</returns>
    internal double Read()
    {
        int[] exponents = Current ?? throw new InvalidOperationException("The step has no sums: it was only measured.");
        for (int i = 0; i < exponents.Length; i++)
        {
            Span<float> gradient = parameters.Gradients.Window(parameters.Layout.Slices[i]);
            sum.Read(i, exponents[i], gradient);
            _maxima[i] = FixedPoint.Measure(gradient).Maximum;
        }

        var blocks = new double[parameters.Layout.BlockCount];
        for (int block = 0; block < blocks.Length; block++)
        {
            ElementRange range = parameters.Layout.Block(block);
            blocks[block] = BlockNorm.SumOfSquares(parameters.Gradients.Window(range.Offset, (int)range.Length));
        }

        return BlockNorm.FromBlocks(blocks);
    }

    /// <summary>The gradient read last was committed: the next step takes its exponents from it.</summary>
    internal void Commit()
    {
        if (sum.DataBits > 0)
        {
            Next = ExponentPolicy.Choose(_maxima, sum.DataBits, ExponentPolicy.MarginBits);
        }
    }
}
