using NSft.Grains.Chat;
using NSft.Grains.Tests.Testing;

namespace NSft.Grains.Tests.Chat;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(1_000)]
    [InlineData(60_000)]
    public void Take_AsSoonAsAllowed_NeverExceedsTheLimitInAnyMinuteAndComesClose(int limit)
    {
        var bucket = Create(limit);
        var taken = new List<TimeSpan>();
        var now = TimeSpan.Zero;

        // A long idle time first: what was not used then may not come on top.
        Advance(TimeSpan.FromMinutes(5));
        while (now < TimeSpan.FromMinutes(9))
        {
            var wait = bucket.WaitFor(1);
            Advance(wait);
            bucket.Take(1);
            taken.Add(now);
        }

        for (int first = 0, last = 0; last < taken.Count; last++)
        {
            while (taken[last] - taken[first] >= TimeSpan.FromMinutes(1))
            {
                first++;
            }

            Assert.True(last - first + 1 <= limit, $"{last - first + 1} in the minute before {taken[last]}");
        }

        var inTwoMinutes = taken.Count(at => at > taken[0] + TimeSpan.FromMinutes(1) && at <= taken[0] + TimeSpan.FromMinutes(3));
        Assert.InRange(inTwoMinutes, Math.Floor(2 * 0.94 * limit), 2 * limit);

        void Advance(TimeSpan span)
        {
            _time.Advance(span);
            now += span;
        }
    }

    [Fact]
    public void WaitFor_NewBucket_IsNotZero() => Assert.True(Create(60).WaitFor(1) > TimeSpan.Zero);

    [Fact]
    public void WaitFor_NoLimit_IsZero()
    {
        var bucket = Create(0);
        bucket.Take(1_000_000);

        Assert.Equal(TimeSpan.Zero, bucket.WaitFor(1_000_000));
    }

    [Fact]
    public void WaitFor_MoreThanTheBucketHolds_EndsAndLeavesADebt()
    {
        var bucket = Create(1_000);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.Zero, bucket.WaitFor(500));
        bucket.Take(500);

        Assert.InRange(bucket.WaitFor(1).TotalSeconds, 25, 35);
    }

    [Fact]
    public void Take_Negative_GivesBack()
    {
        var bucket = Create(1_000);
        _time.Advance(TimeSpan.FromMinutes(1));
        bucket.Take(500);
        bucket.Take(-500);

        Assert.Equal(TimeSpan.Zero, bucket.WaitFor(50));
    }

    private TokenBucket Create(long limit)
    {
        var bucket = new TokenBucket(_time);
        bucket.Limit(limit);
        return bucket;
    }
}
