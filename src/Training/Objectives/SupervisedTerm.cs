// N label tokens.
using NSft.Model;
using NSft.Training.Sessions;
using static TorchSharp.torch;

namespace NSft.Training.Objectives;

/// <summary>Weighted negative log-likelihood of a pass's target tokens.</summary>
internal static class SupervisedTerm
{
    /// <summary>The term's loss: -(weight / normalizer) * sum of log-probabilities.</summary>
    /// <param name="logProbabilities">(N), nats; carries gradient.</param>
    /// <param name="weight">Weight of the term.</param>
    /// <param name="normalizer">Target tokens of the whole step.</param>
    /// <returns>A scalar of the same dtype; the caller's.</returns>
    internal static Tensor Loss(Tensor logProbabilities, double weight, long normalizer)
    {
        using Tensor sum = logProbabilities.sum();
        return sum.mul(-weight / normalizer);
    }

    /// <summary>Runs the term forward and backward. A term of weight 0 is not run: its sum is 0 and its tokens do not count.</summary>
    internal static void Run(PolicyModel policy, PassBatch batch, double weight, long normalizer, ShardTotals totals)
    {
        if (weight == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        TokenLogProbabilities scored = policy.Score(batch);
        policy.Backward(Loss(scored.Values, weight, normalizer));
        totals.Sums[batch.Term] -= scored.Values.detach().to(ScalarType.Float64).sum().item<double>();
        totals.Counts[batch.Term] += scored.Count;
    }

    /// <summary>A term's mean, or 0 where nothing was counted.</summary>
    internal static double Mean(double sum, long count) => count == 0 ? 0 : sum / count;
}
