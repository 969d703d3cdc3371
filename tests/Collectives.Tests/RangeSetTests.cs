namespace NSft.Collectives.Tests;

public class RangeSetTests
{
    private const int Space = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Algebra_RandomSets_AgreesWithSetsOfElements(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            (RangeSet left, HashSet<long> leftElements) = Draw(random);
            (RangeSet right, HashSet<long> rightElements) = Draw(random);

            AssertSame(leftElements, left);
            AssertSame(leftElements.Union(rightElements), left.Union(right));
            AssertSame(leftElements.Intersect(rightElements), left.Intersect(right));
            AssertSame(leftElements.Except(rightElements), left.Except(right));
            Assert.Equal(rightElements.IsSubsetOf(leftElements), left.Contains(right));
            Assert.Equal(leftElements.SetEquals(rightElements), left.Equals(right));
            ElementRange range = DrawRange(random);
            Assert.Equal(Elements(range).All(leftElements.Contains), left.Contains(range));
        }
    }

    [Fact]
    public void Of_TouchingRanges_AreJoined()
    {
        RangeSet set = RangeSet.Of([new ElementRange(5, 5), new ElementRange(0, 5), new ElementRange(11, 2), new ElementRange(7, 0)]);

        Assert.Equal([new ElementRange(0, 10), new ElementRange(11, 2)], set.Ranges);
        Assert.Equal("0..10, 11..13", set.ToString());
        Assert.Equal("none", RangeSet.Empty.ToString());
    }

    [Fact]
    public void Of_NegativeOffset_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RangeSet.Of(new ElementRange(-1, 5)));

    [Theory]
    [InlineData(0, 5, 5, 5, 0)]
    [InlineData(0, 10, 3, 4, 4)]
    [InlineData(3, 4, 5, 10, 2)]
    [InlineData(20, 5, 0, 10, 0)]
    public void Overlap_TwoRanges_IsWhatTheyShare(long offset, long length, long otherOffset, long otherLength, long shared)
    {
        var left = new ElementRange(offset, length);
        var right = new ElementRange(otherOffset, otherLength);

        Assert.Equal(shared, left.Overlap(right).Length);
        Assert.Equal(shared, right.Overlap(left).Length);
    }

    private static void AssertSame(IEnumerable<long> expected, RangeSet found)
    {
        Assert.Equal(expected.Order(), found.Ranges.SelectMany(Elements));
        Assert.Equal(expected.Count(), found.Length);
        Assert.Equal(found.Length == 0, found.IsEmpty);
        Assert.All(found.Ranges.Zip(found.Ranges.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Offset));
    }

    private static (RangeSet Set, HashSet<long> Elements) Draw(Random random)
    {
        ElementRange[] ranges = [.. Enumerable.Range(0, random.Next(5)).Select(_ => DrawRange(random))];
        return (RangeSet.Of(ranges), [.. ranges.SelectMany(Elements)]);
    }

    private static ElementRange DrawRange(Random random)
    {
        int offset = random.Next(Space);
        return new ElementRange(offset, random.Next(Math.Min(20, Space - offset)));
    }

    private static IEnumerable<long> Elements(ElementRange range)
    {
        for (long element = range.Offset; element < range.End; element++)
        {
            yield return element;
        }
    }
}
