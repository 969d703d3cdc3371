using NSft.Model.Generation;

namespace NSft.Model.Tests;

public sealed class PureGenerationTests
{
    private static readonly float[] Logits = [1f, 3f, 2f, 3f, -5f];

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.99999, 3)]
    public void Sample_TopKTwo_KeepsTheTwoBestWithLowestIdFirst(double unit, int expected) =>
        Assert.Equal(expected, TokenSampler.Sample(Logits, new SamplingOptions(1, Temperature: 1, TopK: 2), unit));

    [Fact]
    public void Sample_SmallTopP_KeepsOneToken() =>
        Assert.Equal(1, TokenSampler.Sample(Logits, new SamplingOptions(1, Temperature: 1, TopP: 0.1), 0.99999));

    [Fact]
    public void Sample_ManyDraws_FollowTheSoftmax()
    {
        var random = new SplitMix64(1, 2);
        const int Draws = 20000;
        var counts = new int[Logits.Length];
        for (int i = 0; i < Draws; i++)
        {
            counts[TokenSampler.Sample(Logits, new SamplingOptions(1, Temperature: 2), random.NextUnit())]++;
        }

        double total = Logits.Sum(static logit => Math.Exp(logit / 2));
        for (int i = 0; i < counts.Length; i++)
        {
            Assert.Equal(Math.Exp(Logits[i] / 2) / total, (double)counts[i] / Draws, 0.015);
        }
    }

    [Fact]
    public void Find_RowsWithAndWithoutCommonPrefix_GroupsByImageAndIds()
    {
        const int Image = 9;
        PrefixPlan plan = PrefixPlan.Find(
            [("a", [1, 9, 9, 2]), ("b", [1, 9, 9, 2]), ("a", [1, 9, 9, 3, 4]), ("a", [5, 9, 9, 3])], Image)!;
        Assert.Equal([0, 1, 3], plan.FirstRows);
        Assert.Equal([0, 1, 0, 2], plan.PrefixOfRow);
        Assert.Equal([3, 3, 3, 3], plan.Lengths);
        Assert.Null(PrefixPlan.Find([("a", [1, 9, 2]), ("b", [1, 9, 2])], Image));
        Assert.Null(PrefixPlan.Find([("a", [1, 9]), ("a", [1, 9])], Image));
        Assert.Null(PrefixPlan.Find([(null, [1, 9, 2]), (null, [1, 9, 2])], Image));
    }

    [Fact]
    public void Find_Labels_PointAtThePositionBefore()
    {
        LabelPositions found = LabelPositions.Find([7, -100, 5, 6, -100, -100, -100, 8], 2);
        Assert.Equal([0, 0, 1], found.Rows);
        Assert.Equal([1L, 2L, 6L], found.Positions);
        Assert.Equal([5L, 6L, 8L], found.Targets);
        Assert.Equal([2, 1], found.Counts);
    }
}
