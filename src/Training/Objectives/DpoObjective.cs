// B pairs; rows of a pass are the B chosen answers, then the B rejected ones.
using NSft.Model;
using NSft.Training.Sessions;
using static TorchSharp.torch;

namespace NSft.Training.Objectives;

/// <summary>DPO with the sigmoid loss, a mean over the pairs of the global batch. Both answers run in one pass.</summary>
/// <param name="beta">Strength of the pull to the reference.</param>
/// <remarks>
/// Source: arXiv:2305.18290, equation 7. The reference is the model at the start of the run: a frozen copy, or the adapter turned off.
/// Sums: loss, chosen reward, rejected reward, pairs whose chosen reward is the larger one. Counts: pairs, target tokens.
/// </remarks>
internal sealed class DpoObjective(double beta) : IObjective
{
    public int SumCount => 4;

    public int CountCount => 2;

    public void Run(PolicyModel policy, PassBatch batch, long normalizer, ShardTotals totals)
    {
        using var scope = NewDisposeScope();
        Tensor reference = policy.ScoreReference(batch);
        TokenLogProbabilities scored = policy.Score(batch);
        Tensor sums = scored.SumByRow();
        long pairs = batch.RowCount / 2;
        Tensor ratios = sums - reference;
        Tensor losses = PairLosses(ratios, pairs, beta);
        policy.Backward(losses.sum().div(normalizer));
        AddMetrics(ratios.detach(), losses.detach(), pairs, totals);
        totals.Counts[0] += pairs;
        totals.Counts[1] += scored.Count;
    }

    public StepSummary Summarize(ReadOnlySpan<double> sums, ReadOnlySpan<long> counts)
    {
        double pairs = counts[0];
        var metrics = new Dictionary<string, double>
        {
            ["chosenReward"] = sums[1] / pairs,
            ["rejectedReward"] = sums[2] / pairs,
            ["rewardMargin"] = (sums[1] - sums[2]) / pairs,
            ["rewardAccuracy"] = sums[3] / pairs,
        };
        return new StepSummary(sums[0] / pairs, counts[1], metrics);
    }

    /// <summary>Losses (B) from log-ratios policy - reference (2B).</summary>
    internal static Tensor PairLosses(Tensor ratios, long pairs, double beta)
    {
        using Tensor chosen = ratios.narrow(0, 0, pairs);
        using Tensor rejected = ratios.narrow(0, pairs, pairs);
        using Tensor gap = chosen - rejected;
        return PreferenceLosses.Sigmoid(gap, beta);
    }

    private void AddMetrics(Tensor ratios, Tensor losses, long pairs, ShardTotals totals)
    {
        double[] rewards = [.. ratios.to(ScalarType.Float64).mul(beta).data<double>().ToArray()];
        double[] lossValues = losses.to(ScalarType.Float64).data<double>().ToArray();
        for (int pair = 0; pair < pairs; pair++)
        {
            double chosen = rewards[pair];
            double rejected = rewards[pair + pairs];
            totals.Sums[0] += lossValues[pair];
            totals.Sums[1] += chosen;
            totals.Sums[2] += rejected;
            totals.Sums[3] += chosen > rejected ? 1 : 0;
        }
    }
}
