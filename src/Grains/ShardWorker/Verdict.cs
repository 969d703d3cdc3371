namespace NSft.Grains.ShardWorker;

/// <summary>What a worker does with a message.</summary>
internal enum Verdict
{
    /// <summary>Do it.</summary>
    Do,

    /// <summary>It was done, or is being done: give the same answer.</summary>
    Repeated,

    /// <summary>It fits nothing that the worker is at: refuse.</summary>
    Stale,

    /// <summary>A newer coordinator or view has been promised: refuse, and say so.</summary>
    Superseded,
}
