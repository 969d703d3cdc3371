using NSft.Client.Chaos;

namespace NSft.Client.Tests.Chaos;

public sealed class RecoveriesTests
{
    [Fact]
    public void Of_Nothing_IsZero() => Assert.Equal(new Recoveries(0, 0, 0, 0), Recoveries.Of([]));

    [Fact]
    public void Of_Numbers_GivesQuantiles()
    {
        Recoveries result = Recoveries.Of(Enumerable.Range(0, 101).Select(number => (double)number).Reverse());
        Assert.Equal((101, 50.0, 95.0, 100.0), (result.Count, result.Median, result.P95, result.Longest));
    }

    [Fact]
    public void Of_TwoNumbers_MedianIsBetween() => Assert.Equal(1.5, Recoveries.Of([2, 1]).Median);
}
