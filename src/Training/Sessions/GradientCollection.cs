using NSft.Collectives;

namespace NSft.Training.Sessions;

/// <summary>Adds the gradients of a worker's shards to its sum, each tensor once a shard, as soon as its gradient is final.</summary>
/// <param name="parameters">Where gradients arrive.</param>
/// <param name="sum">The worker's sum.</param>
/// <param name="exponents">Exponent of each slice, or null to measure only.</param>
/// <param name="phases">Told when gradients are collected.</param>
internal sealed class GradientCollection(TrainableParameters parameters, GradientAccumulator sum, int[]? exponents, PhaseClock phases)
{
    private readonly bool[] _isCollected = new bool[parameters.Layout.Tensors.Count];

    /// <summary>Largest magnitude of each slice over the shards so far.</summary>
    internal float[] Maxima { get; } = new float[parameters.Layout.Slices.Count];

    /// <summary>Whether everything so far was added and fitted.</summary>
    internal bool IsSummed { get; private set; } = exponents is not null;

    /// <summary>Adds what is final in the middle of a backward pass.</summary>
    /// <param name="block">Blocks from this one on are final, with norm and head.</param>
    /// <param name="ready">Told of the ranges whose sums are final with it; null while other shards follow.</param>
    internal void Collect(int block, Action<ElementRange>? ready)
    {
        StepPhase before = phases.Enter(StepPhase.Quantise);
        IReadOnlyList<GradientSlice> slices = parameters.Layout.Slices;
        for (int i = 0; i < slices.Count; i++)
        {
            int tensor = slices[i].Tensor;
            if (!_isCollected[tensor] && parameters.Blocks[tensor] >= block)
            {
                Add(i, slices[i]);
            }
        }

        RangeSet ranges = Mark(block);
        if (IsSummed && ready is not null)
        {
            foreach (ElementRange range in ranges.Ranges)
            {
                ready(range);
            }
        }

        phases.Enter(before);
    }

    /// <summary>Adds the rest of a shard, and empties the gradient for the next one.</summary>
    /// <param name="ready">Told of the ranges whose sums are final with it; null while other shards follow.</param>
    internal void EndShard(Action<ElementRange>? ready)
    {
        Collect(int.MinValue, ready);
        Array.Clear(_isCollected);
        parameters.Gradients.ClearOnDevice();
    }

    private void Add(int index, GradientSlice slice)
    {
        parameters.Gradients.Download(slice);
        ReadOnlySpan<float> gradient = parameters.Gradients.Window(slice);
        SliceMagnitude seen = exponents is null ? FixedPoint.Measure(gradient) : sum.Add(index, gradient, exponents[index]);
        Maxima[index] = Math.Max(Maxima[index], seen.Maximum);
        IsSummed &= !seen.Overflowed;
    }

    /// <summary>Notes the tensors that were added; their ranges reach to the next tensor, over the elements between the two.</summary>
    private RangeSet Mark(int block)
    {
        GradientLayout layout = parameters.Layout;
        var ranges = new List<ElementRange>();
        for (int tensor = 0; tensor < layout.Tensors.Count; tensor++)
        {
            if (!_isCollected[tensor] && parameters.Blocks[tensor] >= block)
            {
                _isCollected[tensor] = true;
                long end = tensor + 1 < layout.Tensors.Count ? layout.Tensors[tensor + 1].Offset : layout.Length;
                ranges.Add(new ElementRange(layout.Tensors[tensor].Offset, end - layout.Tensors[tensor].Offset));
            }
        }

        return RangeSet.Of(ranges);
    }
}
