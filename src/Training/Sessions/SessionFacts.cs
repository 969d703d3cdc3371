using NSft.Collectives;

namespace NSft.Training.Sessions;

/// <summary>What a session found when it opened; all workers of a run must find the same.</summary>
/// <param name="TotalSteps">Steps of the run.</param>
/// <param name="ShardCount">Shards of each step.</param>
/// <param name="DataBits">Data bits of the fixed-point sums; 0 for float sums.</param>
/// <param name="BytesPerElement">Bytes of one element on the wire.</param>
/// <param name="Layout">Layout of the flat gradient.</param>
/// <param name="PlanHash">Hash over options, data, sample order, gradient layout and initial weights, wherever they were read from.</param>
public sealed record SessionFacts(
    int TotalSteps, int ShardCount, int DataBits, int BytesPerElement, GradientLayout Layout, string PlanHash);
