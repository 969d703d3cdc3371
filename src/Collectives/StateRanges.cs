namespace NSft.Collectives;

/// <summary>Whose moments a worker holds. Pure: the seats of a view and the mode decide.</summary>
public static class StateRanges
{
    /// <summary>The elements whose moments a seat holds.</summary>
    /// <param name="mode">Who holds what.</param>
    /// <param name="plan">The ranges of the workers that own some; its worker count is that of the active seats.</param>
    /// <param name="layout">The flat vector's layout.</param>
    /// <param name="seat">The worker's seat; seats after the active ones own nothing.</param>
    /// <returns>Everything when replicated; else the own range and that of the seat before, whose buddy this one is.</returns>
    public static RangeSet Moments(OptimizerStateMode mode, ReducePlan plan, GradientLayout layout, int seat)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegative(seat);
        if (mode == OptimizerStateMode.Replicated)
        {
            return RangeSet.Of(layout.Whole);
        }

        return seat < plan.WorkerCount
            ? RangeSet.Of([plan.Owned(seat), plan.Owned((seat + plan.WorkerCount - 1) % plan.WorkerCount)])
            : RangeSet.Empty;
    }
}
