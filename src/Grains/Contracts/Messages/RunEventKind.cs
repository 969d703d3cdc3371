namespace NSft.Grains.Contracts.Messages;

/// <summary>What happened in a run. Values are explicit and append only: they are persisted.</summary>
public enum RunEventKind
{
    /// <summary>The run was started.</summary>
    Started = 1,

    /// <summary>A worker has loaded model and data.</summary>
    WorkerOpened = 2,

    /// <summary>A joining worker has copied the whole state.</summary>
    WorkerSynced = 3,

    /// <summary>A new view has begun.</summary>
    ViewChanged = 4,

    /// <summary>A worker died, failed, or its silo did.</summary>
    WorkerLost = 5,

    /// <summary>A worker kept the others waiting beyond the deadline.</summary>
    WorkerEvicted = 6,

    /// <summary>A worker left at a step boundary.</summary>
    WorkerDrained = 7,

    /// <summary>A step in flight was discarded and will be computed again with the same samples.</summary>
    StepDiscarded = 8,

    /// <summary>A step is computed again with other exponents.</summary>
    StepRedone = 9,

    /// <summary>The first commit after a loss; the seconds tell how long it took.</summary>
    Recovered = 10,

    /// <summary>The coordinator was lost and has taken up its work again.</summary>
    CoordinatorRecovered = 11,

    /// <summary>A checkpoint is complete.</summary>
    CheckpointWritten = 12,

    /// <summary>A checkpoint could not be written or read.</summary>
    CheckpointDamaged = 13,

    /// <summary>No worker had the state any more: the run went back to a checkpoint.</summary>
    RolledBack = 14,

    /// <summary>The wanted number of workers was changed.</summary>
    Scaled = 15,

    /// <summary>The user has paused the run.</summary>
    Paused = 16,

    /// <summary>The run goes on.</summary>
    Resumed = 17,

    /// <summary>The run waits for workers.</summary>
    Waiting = 18,

    /// <summary>All steps are committed; the result is being written.</summary>
    Exporting = 19,

    /// <summary>The result is complete.</summary>
    Completed = 20,

    /// <summary>The run has failed.</summary>
    Failed = 21,

    /// <summary>The run was cancelled.</summary>
    Cancelled = 22,

    /// <summary>A worker could not open.</summary>
    WorkerRefused = 23,

    /// <summary>The run's state or journal could not be written; it is tried again.</summary>
    StorageFailed = 24,

    /// <summary>The run's state and journal are written again.</summary>
    StorageRecovered = 25,
}
