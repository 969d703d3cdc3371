using NSft.Collectives;

namespace NSft.Grains.ShardWorker;

/// <summary>What a session found when it opened; all workers of a run must find the same.</summary>
/// <param name="TotalSteps">Steps of the run.</param>
/// <param name="ShardCount">Shards of each step.</param>
/// <param name="DataBits">Data bits of the fixed-point sums; 0 for float sums.</param>
/// <param name="WireElementBytes">Bytes of one element in a message.</param>
/// <param name="Layout">Layout of the flat gradient.</param>
/// <param name="PlanHash">Hash over options, data, sample order and gradient layout.</param>
internal sealed record ShardSessionFacts(
    int TotalSteps,
    int ShardCount,
    int DataBits,
    int WireElementBytes,
    GradientLayout Layout,
    string PlanHash);
