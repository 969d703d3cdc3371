namespace NSft.Grains.Run;

/// <summary>What the coordinator is waiting for.</summary>
internal enum StageKind
{
    /// <summary>Nothing: no step is in flight, the membership may change.</summary>
    Boundary,

    /// <summary>All workers tell what they have; nothing of an older view is accepted any more.</summary>
    Halting,

    /// <summary>Workers that only voted on a decided step apply it.</summary>
    Finishing,

    /// <summary>A whole checkpoint is looked for.</summary>
    Restoring,

    /// <summary>Workers take their seats and copy what they lack.</summary>
    Seating,

    /// <summary>Workers compute gradients.</summary>
    Preparing,

    /// <summary>Workers exchange sums and vote.</summary>
    Reducing,

    /// <summary>Workers apply the step.</summary>
    Committing,

    /// <summary>A checkpoint is written before the last worker with the state leaves.</summary>
    Saving,

    /// <summary>Workers hash and write the result.</summary>
    Exporting,

    /// <summary>Nothing more will happen.</summary>
    Ended,
}
