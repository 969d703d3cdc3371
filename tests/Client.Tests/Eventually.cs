namespace NSft.Client.Tests;

/// <summary>Waits for what other processes bring about; the limit only guards against hanging.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task IsTrueAsync(Func<bool> condition) => IsTrueAsync(() => Task.FromResult(condition()), () => "what was waited for did not come");

    /// <param name="condition">What is waited for.</param>
    /// <param name="failure">Says what did not come.</param>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> failure)
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Limit, failure());
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
