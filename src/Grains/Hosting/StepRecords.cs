using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>Steps from their message form.</summary>
internal static class StepRecords
{
    internal static StepRecord From(StepMessage step) => new(
        step.Step,
        step.Loss,
        step.GradientNorm,
        step.LearningRate,
        step.Tokens,
        step.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value));
}
