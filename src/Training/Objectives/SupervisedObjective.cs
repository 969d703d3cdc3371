using NSft.Training.Sessions;

namespace NSft.Training.Objectives;

/// <summary>Supervised fine-tuning: mean negative log-likelihood over all target tokens of the global batch.</summary>
/// <remarks>One sum and one count: nats and tokens.</remarks>
internal sealed class SupervisedObjective : IObjective
{
    public int SumCount => 1;

    public int CountCount => 1;

    public void Run(PolicyModel policy, PassBatch batch, long normalizer, ShardTotals totals) =>
        SupervisedTerm.Run(policy, batch, 1.0, normalizer, totals);

    public StepSummary Summarize(ReadOnlySpan<double> sums, ReadOnlySpan<long> counts) =>
        new(SupervisedTerm.Mean(sums[0], counts[0]), counts[0], new Dictionary<string, double>());
}
