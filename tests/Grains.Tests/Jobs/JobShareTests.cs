using NSft.Grains.Jobs;

namespace NSft.Grains.Tests.Jobs;

public sealed class JobShareTests
{
    [Theory]
    [InlineData(64, 3)]
    [InlineData(2, 5)]
    [InlineData(7, 7)]
    [InlineData(1, 1)]
    public void Of_AnySilos_AddsUpToTheWhole(int concurrency, int silos)
    {
        int[] shares = [.. Enumerable.Range(0, silos).Select(position => JobShare.Of(concurrency, position, silos))];

        Assert.Equal(concurrency, shares.Sum());
        Assert.True(shares.Max() - shares.Min() <= 1);
    }

    [Theory]
    [InlineData(0, 8, 0)]
    [InlineData(8, 8, 2)]
    [InlineData(21, 8, 4)]
    [InlineData(1, 64, 2)]
    public void LanesOf_Share_HoldsABlockMoreThanIsBusy(int share, int blockSize, int lanes) =>
        Assert.Equal(lanes, JobShare.LanesOf(share, blockSize));
}
