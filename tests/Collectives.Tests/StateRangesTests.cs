namespace NSft.Collectives.Tests;

public class StateRangesTests
{
    private static readonly GradientLayout Layout = GradientLayout.Create([("a", 900_001), ("b", 17), ("c", 300_000)]);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(7, 2)]
    [InlineData(40, 2)]
    public void Moments_Zero1_HoldEveryElementWithItsOwnerAndItsBuddy(int workers, int copies)
    {
        ReducePlan plan = ReducePlan.Create(Layout, workers, 4);
        RangeSet[] held = [.. Enumerable.Range(0, workers).Select(seat => StateRanges.Moments(OptimizerStateMode.Zero1, plan, Layout, seat))];

        Assert.Equal(Layout.Length * copies, held.Sum(set => set.Length));
        for (int seat = 0; seat < workers; seat++)
        {
            Assert.True(held[seat].Contains(plan.Owned(seat)));
            Assert.True(held[(seat + 1) % workers].Contains(plan.Owned(seat)));
        }

        Assert.True(StateRanges.Moments(OptimizerStateMode.Zero1, plan, Layout, workers).IsEmpty);
    }

    [Fact]
    public void Moments_Replicated_AreEverythingOnEverySeat()
    {
        ReducePlan plan = ReducePlan.Create(Layout, 3, 4);

        Assert.All([0, 2, 5], seat =>
            Assert.Equal(RangeSet.Of(Layout.Whole), StateRanges.Moments(OptimizerStateMode.Replicated, plan, Layout, seat)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Pieces_AnyRange_CoverItsSlicesWithinBlocks(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        RangeSet slices = RangeSet.Of(Layout.Slices.Select(slice => new ElementRange(slice.Offset, slice.Length)));
        for (int round = 0; round < 200; round++)
        {
            long offset = random.NextInt64(Layout.Length);
            var range = new ElementRange(offset, random.NextInt64(Layout.Length - offset + 1));
            LayoutPiece[] pieces = [.. Layout.Pieces(range)];

            Assert.Equal(RangeSet.Of(range).Intersect(slices), RangeSet.Of(pieces.Select(piece => piece.Range)));
            Assert.Equal(pieces.Sum(piece => piece.Range.Length), RangeSet.Of(range).Intersect(slices).Length);
            Assert.All(pieces, piece =>
            {
                GradientSlice slice = Layout.Slices[piece.Slice];
                Assert.Equal(slice.Tensor, piece.Tensor);
                Assert.Equal(piece.Range, piece.Range.Overlap(new ElementRange(slice.Offset, slice.Length)));
                Assert.Equal(piece.Range.Offset / GradientLayout.BlockLength, (piece.Range.End - 1) / GradientLayout.BlockLength);
            });
        }
    }
}
