// B pairs.
using static TorchSharp.torch;

namespace NSft.Training.Objectives;

/// <summary>Losses of preference pairs as pure functions of log-probabilities. All tensors are (B); results are the caller's.</summary>
/// <remarks>
/// "Gap" is the difference chosen - rejected of the log-ratios policy - reference, both summed over target tokens, nats.
/// Sources: the papers named; checked against the formulas that TRL implements.
/// </remarks>
internal static class PreferenceLosses
{
    /// <summary>Difference of the log-ratios.</summary>
    internal static Tensor Gap(Tensor policyChosen, Tensor policyRejected, Tensor referenceChosen, Tensor referenceRejected)
    {
        using var scope = NewDisposeScope();
        return (policyChosen - referenceChosen - (policyRejected - referenceRejected)).MoveToOuterDisposeScope();
    }

    /// <summary>DPO: -log sigmoid(beta * gap). Source: arXiv:2305.18290, equation 7.</summary>
    internal static Tensor Sigmoid(Tensor gap, double beta) => NegativeLogSigmoid(gap, beta, 0);

    /// <summary>Hinge: max(0, 1 - beta * gap). Source: arXiv:2309.06657 (RSO), arXiv:2305.10425 (SLiC).</summary>
    internal static Tensor Hinge(Tensor gap, double beta)
    {
        using Tensor margin = gap.mul(-beta);
        using Tensor loss = margin.add(1.0);
        return loss.relu();
    }

    /// <summary>Conservative DPO: labels are wrong with probability epsilon. Source: arXiv:2305.18290's authors, note of 2023.</summary>
    internal static Tensor Conservative(Tensor gap, double beta, double epsilon)
    {
        using var scope = NewDisposeScope();
        Tensor right = NegativeLogSigmoid(gap, beta, 0).mul(1 - epsilon);
        return (right + NegativeLogSigmoid(gap, -beta, 0).mul(epsilon)).MoveToOuterDisposeScope();
    }

    /// <summary>Robust DPO: unbiased under label noise epsilon, below 0.5. Source: arXiv:2403.00409.</summary>
    internal static Tensor Robust(Tensor gap, double beta, double epsilon)
    {
        using var scope = NewDisposeScope();
        Tensor right = NegativeLogSigmoid(gap, beta, 0).mul(1 - epsilon);
        Tensor wrong = NegativeLogSigmoid(gap, -beta, 0).mul(epsilon);
        return (right - wrong).div(1 - (2 * epsilon)).MoveToOuterDisposeScope();
    }

    /// <summary>IPO on sums: (gap - 1 / (2 beta))^2. Source: arXiv:2310.12036, equation 17.</summary>
    internal static Tensor Identity(Tensor gap, double beta)
    {
        using Tensor distance = gap.sub(1 / (2 * beta));
        return distance.square();
    }

    /// <summary>SimPO: -log sigmoid(beta * (mean chosen - mean rejected) - gamma). Source: arXiv:2405.14734, equation 6.</summary>
    /// <param name="meanChosen">Mean log-probability of the chosen answer's tokens under the policy.</param>
    /// <param name="meanRejected">The same of the rejected answer.</param>
    /// <param name="beta">Reward scale.</param>
    /// <param name="gamma">Target margin.</param>
    internal static Tensor Simple(Tensor meanChosen, Tensor meanRejected, double beta, double gamma)
    {
        using Tensor difference = meanChosen - meanRejected;
        return NegativeLogSigmoid(difference, beta, -gamma);
    }

    /// <summary>CPO without its likelihood term: -log sigmoid(beta * (chosen - rejected)) on policy sums. Source: arXiv:2401.08417.</summary>
    internal static Tensor Contrastive(Tensor policyChosen, Tensor policyRejected, double beta)
    {
        using Tensor difference = policyChosen - policyRejected;
        return NegativeLogSigmoid(difference, beta, 0);
    }

    /// <summary>ORPO's odds-ratio term, not weighted: -log sigmoid of the log odds ratio. Source: arXiv:2403.07691, equation 7.</summary>
    /// <param name="meanChosen">Mean log-probability of the chosen answer's tokens under the policy, below 0.</param>
    /// <param name="meanRejected">The same of the rejected answer.</param>
    internal static Tensor OddsRatio(Tensor meanChosen, Tensor meanRejected)
    {
        using var scope = NewDisposeScope();
        Tensor odds = meanChosen - meanRejected - (LogOneMinusExp(meanChosen) - LogOneMinusExp(meanRejected));
        return NegativeLogSigmoid(odds, 1, 0).MoveToOuterDisposeScope();
    }

    private static Tensor NegativeLogSigmoid(Tensor value, double scale, double shift)
    {
        using Tensor scaled = value.mul(scale);
        using Tensor shifted = scaled.add(shift);
        using Tensor log = nn.functional.logsigmoid(shifted);
        return log.neg();
    }

    private static Tensor LogOneMinusExp(Tensor logProbability) => logProbability.exp().neg().log1p();
}
