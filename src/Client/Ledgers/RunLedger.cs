using NSft.Grains.Contracts.Messages;
using NSft.Training.Plans;

namespace NSft.Client.Ledgers;

/// <summary>
/// Who computed which samples in each step: views tell the shards of each worker, the plan tells the samples of each shard.
/// </summary>
/// <remarks>A run that went back to a checkpoint computes steps again in a later view; only what still counts is in the ledger.</remarks>
internal static class RunLedger
{
    /// <summary>The committed steps in order.</summary>
    /// <param name="views">All views in the order they began.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="committedSteps">Number of committed steps.</param>
    /// <exception cref="InvalidOperationException">No view computed a step.</exception>
    public static IEnumerable<LedgerStep> Read(IReadOnlyList<ViewMessage> views, TrainingPlan plan, int committedSteps)
    {
        for (int step = 0; step < committedSteps; step++)
        {
            ViewMessage view = views.LastOrDefault(one => one.FirstStep <= step)
                ?? throw new InvalidOperationException($"No view computed step {step}.");
            StepPlan planned = plan.At(step);
            yield return new LedgerStep(step, planned.Epoch, view.Version, [.. view.Seats.Where(seat => seat.ShardCount > 0).Select(seat => Part(seat, planned))]);
        }
    }

    private static LedgerPart Part(WorkerSeat seat, StepPlan planned) => new(
        seat.Key,
        seat.Silo,
        seat.FirstShard,
        seat.ShardCount,
        [.. planned.Shards.Where(shard => shard.Shard >= seat.FirstShard && shard.Shard < seat.FirstShard + seat.ShardCount).SelectMany(shard => shard.Samples)]);
}
