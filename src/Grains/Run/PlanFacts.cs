using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>What all workers of a run must find when they open.</summary>
/// <param name="TotalSteps">Steps of the run.</param>
/// <param name="ShardCount">Shards of each step.</param>
/// <param name="DataBits">Data bits of the fixed-point sums; 0 for float sums.</param>
/// <param name="PlanHash">Hash over options, data, sample order, layout and initial weights.</param>
/// <param name="LayoutHash">Hash of the flat vector's layout.</param>
/// <param name="ElementCount">Elements of the flat vector.</param>
[GenerateSerializer, Immutable, Alias("nsft.plan-facts")]
internal sealed record PlanFacts(
    [property: Id(0)] int TotalSteps,
    [property: Id(1)] int ShardCount,
    [property: Id(2)] int DataBits,
    [property: Id(3)] string PlanHash,
    [property: Id(4)] string LayoutHash,
    [property: Id(5)] long ElementCount)
{
    /// <summary>What a worker has found.</summary>
    internal static PlanFacts Of(OpenReport report) =>
        new(report.TotalSteps, report.ShardCount, report.DataBits, report.PlanHash, report.LayoutHash, report.ElementCount);
}
