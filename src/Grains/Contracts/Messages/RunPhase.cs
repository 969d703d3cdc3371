namespace NSft.Grains.Contracts.Messages;

/// <summary>Where a run or a job is. Values are explicit and append only: they are persisted.</summary>
public enum RunPhase
{
    /// <summary>Nothing was asked yet.</summary>
    None = 0,

    /// <summary>Workers are being placed and load model and data.</summary>
    Opening = 1,

    /// <summary>Steps are running.</summary>
    Running = 2,

    /// <summary>All steps are committed; the result is being written.</summary>
    Exporting = 3,

    /// <summary>The result is complete.</summary>
    Completed = 4,

    /// <summary>The run ended with a failure and left no result.</summary>
    Failed = 5,

    /// <summary>The run was cancelled and left no result.</summary>
    Cancelled = 6,

    /// <summary>Fewer workers are there than the run needs; it goes on by itself when they come.</summary>
    Waiting = 7,

    /// <summary>The user has paused the run.</summary>
    Paused = 8,
}
