namespace NSft.Collectives.Tests;

public class PlanTests
{
    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 3)]
    [InlineData(3, 5)]
    [InlineData(127, 64)]
    public void ShardPlan_AllWorkers_CoverEveryShardOnceInOrder(int shards, int workers)
    {
        ShardRange[] ranges = [.. Enumerable.Range(0, workers).Select(worker => ShardPlan.Range(shards, workers, worker))];

        Assert.Equal(0, ranges[0].First);
        Assert.Equal(shards, ranges[^1].End);
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.First));
        Assert.InRange(ranges.Max(range => range.Count) - ranges.Min(range => range.Count), 0, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void ReducePlan_AllOwners_CoverTheVectorOnceFromBlockToBlock(int workers)
    {
        GradientLayout layout = SyntheticGradient.Layout;
        ReducePlan plan = ReducePlan.Create(layout, workers, 4, 100_000);
        long next = 0;
        for (int worker = 0; worker < workers; worker++)
        {
            Assert.True(plan.Owned(worker).Length == 0 || plan.Owned(worker).Offset % GradientLayout.BlockLength == 0);
            foreach (ReduceChunk chunk in plan.Chunks(worker))
            {
                Assert.Equal(worker, chunk.Owner);
                Assert.Equal(next, chunk.Range.Offset);
                Assert.InRange(chunk.Range.Length, 1, 25_000);
                next = chunk.Range.End;
            }
        }

        Assert.Equal(layout.Length, next);
    }

    [Fact]
    public void Layout_Tensors_AreAlignedAndCutIntoSlices()
    {
        GradientLayout layout = GradientLayout.Create([("a", 3), ("b", GradientLayout.MaxSliceLength + 5)]);

        Assert.Equal(16, layout.Tensors[1].Offset);
        Assert.Equal(
            [new GradientSlice(0, 0, 3), new GradientSlice(1, 16, GradientLayout.MaxSliceLength), new GradientSlice(1, 16 + GradientLayout.MaxSliceLength, 5)],
            layout.Slices);
        Assert.Equal(16 + GradientLayout.MaxSliceLength + 16, layout.Length);
        Assert.Equal(layout.Length, Enumerable.Range(0, layout.BlockCount).Sum(block => layout.Block(block).Length));
    }

    [Fact]
    public void Layout_Hash_ChangesWithNamesAndLengths()
    {
        string hash = GradientLayout.Create([("a", 3), ("b", 4)]).Hash;

        Assert.Equal(hash, GradientLayout.Create([("a", 3), ("b", 4)]).Hash);
        Assert.NotEqual(hash, GradientLayout.Create([("a", 3), ("c", 4)]).Hash);
        Assert.NotEqual(hash, GradientLayout.Create([("a", 3), ("b", 5)]).Hash);
    }

    [Fact]
    public void Layout_NameTwice_Throws() =>
        Assert.Throws<ArgumentException>(() => GradientLayout.Create([("a", 3), ("a", 4)]));

    [Fact]
    public void BlockNorm_Blocks_EqualTheFloat64Norm()
    {
        float[] values = SyntheticGradient.Shards(1, 5)[0];
        GradientLayout layout = SyntheticGradient.Layout;
        double[] sums = [.. Enumerable.Range(0, layout.BlockCount).Select(layout.Block)
            .Select(block => BlockNorm.SumOfSquares(values.AsSpan((int)block.Offset, (int)block.Length)))];

        Assert.Equal(Math.Sqrt(values.Sum(value => (double)value * value)), BlockNorm.FromBlocks(sums), 1e-9);
    }
}
