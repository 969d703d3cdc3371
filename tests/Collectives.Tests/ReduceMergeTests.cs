namespace NSft.Collectives.Tests;

public class ReduceMergeTests
{
    [Fact]
    public void Norm_AnyCutOfTheBlocks_HasTheSameBits()
    {
        var random = new Random(7);
        double[] blocks = [.. Enumerable.Range(0, 50).Select(_ => Math.Exp(20 * random.NextDouble()))];
        double expected = BlockNorm.FromBlocks(blocks);

        for (int cut = 0; cut <= blocks.Length; cut++)
        {
            Assert.Equal(expected, ReduceMerge.Norm([blocks[..cut], [], blocks[cut..]]));
        }
    }

    [Fact]
    public void NextExponents_MaximaOfOwners_AreThoseOfTheLargest()
    {
        int[]? merged = ReduceMerge.NextExponents(24, [[0.5f, 0, 0], [0.25f, 8, 0]]);

        Assert.Equal(ExponentPolicy.Choose([0.5f, 8, 0], 24, ExponentPolicy.MarginBits), merged);
        Assert.Null(ReduceMerge.NextExponents(0, [[1f]]));
        Assert.Throws<ArgumentException>(() => ReduceMerge.NextExponents(24, [[1f], [1f, 2f]]));
        Assert.Throws<ArgumentException>(() => ReduceMerge.NextExponents(24, [[float.PositiveInfinity]]));
    }
}
