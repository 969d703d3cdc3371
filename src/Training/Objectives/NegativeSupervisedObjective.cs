using NSft.Training.Sessions;

namespace NSft.Training.Objectives;

/// <summary>
/// nSFT: supervised fine-tuning on the chosen answers plus supervised fine-tuning on the corrective conversations made from the
/// rejected ones, each term a mean over its own target tokens of the global batch.
/// </summary>
/// <param name="chosenWeight">Weight of the chosen answers.</param>
/// <param name="negativeWeight">Weight of the corrective conversations.</param>
/// <remarks>
/// Source: arXiv:2411.14797, L = L_sft(y_c) + L_sft(G(y_r; y_c, Q)). The terms run one after the other, each with its own backward
/// pass, so only one term's graph is alive. Sums and counts: chosen, then corrective.
/// </remarks>
internal sealed class NegativeSupervisedObjective(double chosenWeight, double negativeWeight) : IObjective
{
    public int SumCount => 2;

    public int CountCount => 2;

    public void Run(PolicyModel policy, PassBatch batch, long normalizer, ShardTotals totals) =>
        SupervisedTerm.Run(policy, batch, batch.Term == 0 ? chosenWeight : negativeWeight, normalizer, totals);

    public StepSummary Summarize(ReadOnlySpan<double> sums, ReadOnlySpan<long> counts)
    {
        double chosen = SupervisedTerm.Mean(sums[0], counts[0]);
        double negative = SupervisedTerm.Mean(sums[1], counts[1]);
        var metrics = new Dictionary<string, double> { ["chosenLoss"] = chosen, ["negativeLoss"] = negative };
        return new StepSummary((chosenWeight * chosen) + (negativeWeight * negative), counts[0] + counts[1], metrics);
    }
}
