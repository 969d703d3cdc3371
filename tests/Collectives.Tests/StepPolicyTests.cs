namespace NSft.Collectives.Tests;

public class StepPolicyTests
{
    private static readonly PrepareReport FirstHalf = new(5, "p", [Shard(0, 1e16, 10), Shard(1, 1.0, 20)], [0.5f, 0f], true);
    private static readonly PrepareReport SecondHalf = new(5, "p", [Shard(2, -1e16, 30)], [0.25f, 2f], true);

    [Fact]
    public void Decide_AllShardsSummed_CommitsWithTotalsInShardOrder()
    {
        StepDecision decision = StepPolicy.Decide(5, 3, 26, [SecondHalf, FirstHalf]);

        Assert.Equal(StepAction.Commit, decision.Action);
        Assert.Equal([1e16 + 1.0 - 1e16], decision.Sums);
        Assert.Equal([60L], decision.Counts);
    }

    [Fact]
    public void Decide_OneNotSummed_RedoesWithExponentsOfTheMergedMaxima()
    {
        StepDecision decision = StepPolicy.Decide(5, 3, 26, [FirstHalf with { IsSummed = false }, SecondHalf]);

        Assert.Equal(StepAction.Redo, decision.Action);
        Assert.Equal(ExponentPolicy.Choose([0.5f, 2f], 26, ExponentPolicy.MeasuredMarginBits), decision.Exponents!);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Decide_NonFiniteGradient_Stops(float maximum)
    {
        StepDecision decision = StepPolicy.Decide(5, 3, 26, [FirstHalf with { SliceMaxima = [maximum, 0f] }, SecondHalf]);

        Assert.Equal(StepAction.Stop, decision.Action);
        Assert.Contains("not finite", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_MissingShard_Stops() =>
        Assert.Equal(StepAction.Stop, StepPolicy.Decide(5, 3, 26, [FirstHalf]).Action);

    [Fact]
    public void Decide_ShardTwice_Stops() =>
        Assert.Equal(StepAction.Stop, StepPolicy.Decide(5, 3, 26, [FirstHalf, FirstHalf, SecondHalf]).Action);

    [Fact]
    public void Decide_OtherPlan_Stops() =>
        Assert.Equal(StepAction.Stop, StepPolicy.Decide(5, 3, 26, [FirstHalf, SecondHalf with { PlanHash = "q" }]).Action);

    [Fact]
    public void Decide_OtherStep_Stops() =>
        Assert.Equal(StepAction.Stop, StepPolicy.Decide(5, 3, 26, [FirstHalf, SecondHalf with { Step = 4 }]).Action);

    [Fact]
    public void Decide_NoReport_Stops() => Assert.Equal(StepAction.Stop, StepPolicy.Decide(5, 3, 26, []).Action);

    [Theory]
    [InlineData(1f)]
    [InlineData(0.75f)]
    [InlineData(3.1e-5f)]
    public void Choose_Maximum_LeavesExactlyTheMargin(float maximum)
    {
        int exponent = ExponentPolicy.Choose([maximum], 26, 4)[0];

        Assert.InRange(maximum * Math.ScaleB(1, exponent), Math.ScaleB(1, 21), Math.ScaleB(1, 22));
        Assert.False(FixedPoint.Accumulate([maximum * 15.9f], new int[1], exponent, 26).Overflowed);
        Assert.True(FixedPoint.Accumulate([maximum * 33f], new int[1], exponent, 26).Overflowed);
    }

    [Fact]
    public void Choose_SilentSlice_TakesTheLoudestExponent()
    {
        Assert.Equal([22, 22], ExponentPolicy.Choose([0f, 0.75f], 26, 4));
        Assert.Equal([21, 21], ExponentPolicy.Choose([0f, 0f], 26, 4));
    }

    private static ShardOutcome Shard(int shard, double sum, long count) => new(shard, [sum], [count]);
}
