using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>
/// What the coordinator persists at start, before view changes, at checkpoints and at the end. Small: the samples of a step are a pure
/// function of the plan, so the ledger is the list of views, each with its first step and the shards of each worker. Ids are explicit
/// and append only.
/// </summary>
[GenerateSerializer, Alias("nsft.run-state")]
internal sealed class RunState
{
    [Id(0)]
    public RunRequest? Request { get; set; }

    [Id(1)]
    public RunPhase Phase { get; set; }

    /// <summary>Committed steps when this was written; workers know of later ones.</summary>
    [Id(2)]
    public int CommittedSteps { get; set; }

    [Id(3)]
    public PlanFacts? Plan { get; set; }

    /// <summary>Highest view version that any worker may have heard of.</summary>
    [Id(4)]
    public long Version { get; set; }

    [Id(5)]
    public List<ViewMessage> Views { get; set; } = [];

    [Id(6)]
    public Failure? Failure { get; set; }

    [Id(7)]
    public string? WeightsHash { get; set; }

    [Id(8)]
    public int TargetWorkers { get; set; }

    [Id(9)]
    public bool IsPaused { get; set; }

    [Id(10)]
    public int NextWorker { get; set; }

    [Id(11)]
    public WorkerStatus[] Workers { get; set; } = [];

    [Id(12)]
    public int RedoneSteps { get; set; }

    [Id(13)]
    public int DiscardedSteps { get; set; }

    [Id(14)]
    public int LastCheckpointStep { get; set; } = -1;

    [Id(15)]
    public DateTimeOffset StartedAt { get; set; }
}
