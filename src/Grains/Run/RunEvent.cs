using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>What the coordinator learns: a worker's report, a loss, a wish of the user, a deadline. A call that failed is a report with a failure.</summary>
internal abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>The coordinator is active, for the first time or again.</summary>
    internal sealed record Began : RunEvent;

    /// <summary>The fleet has free devices for workers.</summary>
    /// <param name="Grants">The devices.</param>
    internal sealed record Granted(IReadOnlyList<DeviceGrant> Grants) : RunEvent;

    /// <summary>The fleet has no device left for the workers that are still wanted.</summary>
    internal sealed record FleetExhausted : RunEvent;

    /// <summary>A worker has loaded, or could not.</summary>
    internal sealed record Opened(string Worker, OpenReport Report) : RunEvent;

    /// <summary>A worker was halted for a view change.</summary>
    internal sealed record Halted(string Worker, HaltReport Report) : RunEvent;

    /// <summary>A worker has taken its seat.</summary>
    internal sealed record Seated(string Worker, SeatReport Report) : RunEvent;

    /// <summary>A passive worker has copied the whole state.</summary>
    internal sealed record Synced(string Worker, SyncReport Report) : RunEvent;

    /// <summary>A worker has computed its shards.</summary>
    internal sealed record Prepared(string Worker, PreparedReport Report) : RunEvent;

    /// <summary>A worker has voted.</summary>
    internal sealed record Voted(string Worker, VoteReport Report) : RunEvent;

    /// <summary>A worker has applied a step.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Report">What it says.</param>
    /// <param name="Authority">The authority that it was asked on.</param>
    internal sealed record Committed(string Worker, CommitReport Report, long Authority) : RunEvent;

    /// <summary>A worker has hashed and perhaps written its weights.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Report">What it says.</param>
    /// <param name="Version">Version of the view that it was asked in.</param>
    internal sealed record Exported(string Worker, ExportReport Report, long Version) : RunEvent;

    /// <summary>A silo is gone, and its workers with it.</summary>
    internal sealed record SiloLost(string Silo) : RunEvent;

    /// <summary>A silo leaves and wants its workers out.</summary>
    internal sealed record SiloDraining(string Silo) : RunEvent;

    /// <summary>The deadline of a stage has passed.</summary>
    internal sealed record DeadlinePassed(long Stage) : RunEvent;

    /// <summary>A checkpoint is complete, or could not be written.</summary>
    /// <param name="Step">Committed steps of it.</param>
    /// <param name="Problem">Why not; null when it is complete.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="Leftovers">Why older ones could not be removed; null when they were.</param>
    internal sealed record CheckpointWritten(int Step, string? Problem, long Bytes = 0, string? Leftovers = null) : RunEvent;

    /// <summary>The newest whole checkpoint was looked for.</summary>
    /// <param name="Directory">Its directory; null when there is none.</param>
    /// <param name="Step">Its committed steps.</param>
    /// <param name="NextExponents">Its exponents.</param>
    /// <param name="Problems">Damaged ones that were passed over.</param>
    internal sealed record CheckpointFound(string? Directory, int Step, int[]? NextExponents, IReadOnlyList<string> Problems) : RunEvent;

    /// <summary>The user wants another number of workers.</summary>
    internal sealed record Scaled(int Workers) : RunEvent;

    /// <summary>The user pauses the run.</summary>
    internal sealed record Paused : RunEvent;

    /// <summary>The user lets the run go on.</summary>
    internal sealed record Resumed : RunEvent;

    /// <summary>This coordinator's silo leaves: nothing new is begun after the step in flight, the next coordinator goes on.</summary>
    internal sealed record Yielded : RunEvent;

    /// <summary>The user ends the run.</summary>
    internal sealed record Cancelled : RunEvent;
}
