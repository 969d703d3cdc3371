namespace NSft.Embedded.Orleans.Contract;

/// <summary>Waits for a condition that a cluster reaches by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<T> Succeeds<T>(Func<Task<T>> attempt, string what)
    {
        using CancellationTokenSource limit = new(Patience);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (OrleansMessageRejectionException error) when (!limit.IsCancellationRequested)
            {
                _ = error;
                await Task.Yield();
            }
            catch (OrleansMessageRejectionException error)
            {
                throw new TimeoutException($"{what} did not happen.", error);
            }
        }
    }

    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        using CancellationTokenSource limit = new(Patience);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"{what} did not come.");
            }
        }
    }
}
