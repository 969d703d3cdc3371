namespace NSft.Collectives;

/// <summary>What to do with a prepared step. Values are explicit and append only.</summary>
public enum StepAction
{
    /// <summary>Reduce and commit.</summary>
    Commit = 0,

    /// <summary>Discard the sums and run the shards again with the decision's exponents.</summary>
    Redo = 1,

    /// <summary>The run cannot go on: workers disagree, or the gradient is not finite.</summary>
    Stop = 2,
}
