namespace NSft.Training.Sessions;

/// <summary>An owner's part of what the next step and the clipping need; merged over owners by <see cref="Collectives.ReduceMerge"/>.</summary>
/// <param name="BlockSums">Sums of squares of the blocks of the owned range, in block order.</param>
/// <param name="SliceMaxima">Largest magnitude of each slice within the owned range; 0 outside of it.</param>
public sealed record ReduceReport(double[] BlockSums, float[] SliceMaxima)
{
    /// <summary>Every value of the owned range is finite.</summary>
    public bool IsFinite => Array.TrueForAll(BlockSums, double.IsFinite);
}
