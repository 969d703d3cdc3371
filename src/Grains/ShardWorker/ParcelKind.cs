namespace NSft.Grains.ShardWorker;

/// <summary>What travels.</summary>
internal enum ParcelKind
{
    /// <summary>A worker's sums, to their owner.</summary>
    Partial,

    /// <summary>An owner's total.</summary>
    Sum,

    /// <summary>Weights that an owner has updated.</summary>
    Weights,
}
