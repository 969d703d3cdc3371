using System.Text.Json;
using System.Text.Json.Serialization;

namespace NSft.Training;

/// <summary>One committed step: a line of <c>steps.jsonl</c>.</summary>
/// <param name="Step">Step, from 0.</param>
/// <param name="Loss">Loss of the whole global batch: nats per token of each term, weighted; nats per pair for DPO.</param>
/// <param name="GradNorm">Global gradient norm before clipping.</param>
/// <param name="LearningRate">Learning rate that the step was applied with.</param>
/// <param name="Tokens">Target tokens of the step.</param>
/// <param name="Metrics">What else the objective reports, by name.</param>
public sealed record StepRecord(
    int Step,
    double Loss,
    double GradNorm,
    double LearningRate,
    long Tokens,
    IReadOnlyDictionary<string, double> Metrics)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The record as one line of JSON, without line end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);
}
