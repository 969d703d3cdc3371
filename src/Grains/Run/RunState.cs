using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>
/// What the coordinator persists at start, at view changes and at the end. Small: the samples of a step are a pure function of the
/// plan, so the ledger is the list of views, each with its first step and the shards of each worker. Ids are explicit and append only.
/// </summary>
[GenerateSerializer, Alias("nsft.run-state")]
internal sealed class RunState
{
    [Id(0)]
    public RunRequest? Request { get; set; }

    [Id(1)]
    public RunPhase Phase { get; set; }

    [Id(2)]
    public int CommittedSteps { get; set; }

    [Id(3)]
    public int TotalSteps { get; set; }

    [Id(4)]
    public string PlanHash { get; set; } = string.Empty;

    [Id(5)]
    public List<ViewMessage> Views { get; set; } = [];

    [Id(6)]
    public Failure? Failure { get; set; }

    [Id(7)]
    public string? WeightsHash { get; set; }
}
