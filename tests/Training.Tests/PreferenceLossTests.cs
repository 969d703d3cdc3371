using System.Text.Json;
using NSft.Tests;
using NSft.Training.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace NSft.Training.Tests;

public sealed class PreferenceLossTests : IDisposable
{
    private readonly JsonDocument _fixture =
        JsonDocument.Parse(File.ReadAllText(RepositoryPaths.At("tests", "fixtures", "llava-tiny", "preference_expected.json")));

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void Losses_FixturePairs_EqualTheReference()
    {
        Tensor gap = PreferenceLosses.Gap(
            Column("policy_chosen"), Column("policy_rejected"), Column("reference_chosen"), Column("reference_rejected"));
        Tensor meanChosen = Column("policy_chosen") / Column("chosen_lengths");
        Tensor meanRejected = Column("policy_rejected") / Column("rejected_lengths");

        Check("dpo_sigmoid", PreferenceLosses.Sigmoid(gap, 0.1));
        Check("dpo_hinge", PreferenceLosses.Hinge(gap, 0.1));
        Check("ipo", PreferenceLosses.Identity(gap, 0.1));
        Check("dpo_robust_eps0.1", PreferenceLosses.Robust(gap, 0.1, 0.1));
        Check("cdpo_eps0.1", PreferenceLosses.Conservative(gap, 0.1, 0.1));
        Check("simpo_b2_g0.5", PreferenceLosses.Simple(meanChosen, meanRejected, 2, 0.5));
        Check("cpo", PreferenceLosses.Contrastive(Column("policy_chosen"), Column("policy_rejected"), 0.1));
        Check("orpo_or_term", PreferenceLosses.OddsRatio(meanChosen, meanRejected));
    }

    [Fact]
    public void DpoPairLosses_Ratios_EqualTheSigmoidLoss()
    {
        Tensor chosen = Column("policy_chosen") - Column("reference_chosen");
        Tensor rejected = Column("policy_rejected") - Column("reference_rejected");

        Check("dpo_sigmoid", DpoObjective.PairLosses(cat([chosen, rejected]), 8, 0.1));
    }

    [Fact]
    public void Sigmoid_NoGap_IsTheLogarithmOfTwo() =>
        Assert.Equal(Math.Log(2), PreferenceLosses.Sigmoid(zeros(1, ScalarType.Float64), 0.1).item<double>(), 1e-15);

    [Fact]
    public void Gradients_AllLosses_AgreeWithFiniteDifferences()
    {
        Func<Tensor, Tensor>[] losses =
        [
            x => PreferenceLosses.Sigmoid(x, 0.7),
            x => PreferenceLosses.Hinge(x, 0.7),
            x => PreferenceLosses.Identity(x, 0.7),
            x => PreferenceLosses.Robust(x, 0.7, 0.2),
            x => PreferenceLosses.Conservative(x, 0.7, 0.2),
            x => PreferenceLosses.Simple(x, x.mul(0.5), 2, 0.5),
            x => PreferenceLosses.Contrastive(x, x.square(), 0.3),
            x => PreferenceLosses.OddsRatio(x.abs().neg().sub(0.1), x.square().neg().sub(0.2)),
            x => DpoObjective.PairLosses(x, 2, 0.4),
            x => SupervisedTerm.Loss(x, 0.75, 13),
        ];
        foreach (Func<Tensor, Tensor> loss in losses)
        {
            GradientCheck.Run(loss, [0.3, -1.1, 0.8, 2.4]);
        }
    }

    [Fact]
    public void DpoGradient_BetaOneAndNoReference_IsTheScaledDifferenceOfTwoSupervisedGradients()
    {
        Tensor logits = tensor(new[] { 0.2, -0.4, 1.1, 0.7, -0.3, 0.5, -1.2, 0.9 }, [2, 4]).requires_grad_();
        Tensor chosen = Score(logits, [0, 2]);
        Tensor rejected = Score(logits, [3, 1]);
        Tensor dpo = autograd.grad([PreferenceLosses.Contrastive(chosen, rejected, 1).sum()], [logits], retain_graph: true)[0];
        Tensor supervisedChosen = autograd.grad([chosen.neg()], [logits], retain_graph: true)[0];
        Tensor supervisedRejected = autograd.grad([rejected.neg()], [logits])[0];
        Tensor scale = (chosen - rejected).neg().sigmoid().detach();

        Assert.True(dpo.allclose(scale * (supervisedChosen - supervisedRejected), 1e-12, 1e-12));
    }

    [Fact]
    public void Summaries_SumsAndCounts_BecomeMeansAndMetrics()
    {
        StepSummary sft = new SupervisedObjective().Summarize([30], [10]);
        StepSummary nsft = new NegativeSupervisedObjective(0.5, 2).Summarize([30, 8], [10, 4]);
        StepSummary dpo = new DpoObjective(0.1).Summarize([2, 3, -1, 1], [2, 9]);

        Assert.Equal((3.0, 10L), (sft.Loss, sft.Tokens));
        Assert.Equal((5.5, 14L), (nsft.Loss, nsft.Tokens));
        Assert.Equal((3.0, 2.0), (nsft.Metrics["chosenLoss"], nsft.Metrics["negativeLoss"]));
        Assert.Equal((1.0, 9L), (dpo.Loss, dpo.Tokens));
        Assert.Equal((2.0, 0.5), (dpo.Metrics["rewardMargin"], dpo.Metrics["rewardAccuracy"]));
        Assert.Equal(0, new NegativeSupervisedObjective(0, 1).Summarize([0, 0], [0, 0]).Loss);
    }

    private static Tensor Score(Tensor logits, long[] targets) =>
        logits.log_softmax(1).gather(1, tensor(targets, [2, 1])).sum();

    private Tensor Column(string name) =>
        tensor(_fixture.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetDouble()).ToArray());

    private void Check(string name, Tensor losses)
    {
        double[] expected = [.. _fixture.RootElement.GetProperty("losses").GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
        double[] found = losses.data<double>().ToArray();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-9);
        }
    }
}
