using NSft.Grains.Contracts.Messages;
using NSft.Training;

namespace NSft.Grains.Hosting;

/// <summary>A completed training run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="OutputDirectory">Where the trained model and <c>steps.jsonl</c> are.</param>
/// <param name="Steps">Steps of this run from where it began or was resumed, in order.</param>
/// <param name="WeightsHash">SHA-256 of the trained weights; the same on all workers, and for any number of them.</param>
/// <param name="View">The last membership view.</param>
/// <param name="RedoneSteps">Tries of steps that were discarded; the first step's measuring pass is one.</param>
/// <param name="DroppedMessages">Messages of older views, steps or tries that workers dropped.</param>
/// <param name="HeldBytes">Bytes of weights, gradients and optimizer state of all workers together: what every objective needs.</param>
/// <param name="Duration">Time from the request to the published result.</param>
public sealed record RunOutcome(
    string RunId,
    string OutputDirectory,
    IReadOnlyList<StepRecord> Steps,
    string WeightsHash,
    ViewMessage View,
    int RedoneSteps,
    long DroppedMessages,
    long HeldBytes,
    TimeSpan Duration)
{
    /// <summary>Committed steps of the run, those before it was resumed among them.</summary>
    public int CommittedSteps => Steps.Count == 0 ? 0 : Steps[^1].Step + 1;
}
