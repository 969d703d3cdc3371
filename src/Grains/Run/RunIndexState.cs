using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>The runs of a cluster. Ids are explicit and append only.</summary>
[GenerateSerializer, Alias("nsft.run-index-state")]
internal sealed class RunIndexState
{
    /// <summary>Runs, oldest first.</summary>
    [Id(0)]
    public List<RunSummary> Runs { get; set; } = [];
}
