namespace NSft.Client.Tests;

/// <summary>Waits for what other processes bring about; the limit only guards against hanging.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task IsTrueAsync(Func<bool> condition)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Limit, "what was waited for did not come");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
