namespace Orleans.Runtime;

/// <summary>Work of a silo on the membership table that may fail: the next round tries again.</summary>
/// <param name="silo">The silo.</param>
/// <param name="ended">The silo has ended.</param>
internal sealed class Rounds(Silo silo, CancellationToken ended)
{
    /// <summary>Does work again and again until the silo ends.</summary>
    public async Task EveryAsync(TimeSpan period, Func<Task> work)
    {
        using PeriodicTimer timer = new(period, silo.Time);
        while (await WaitAsync(timer).ConfigureAwait(false))
        {
            await RunAsync(work).ConfigureAwait(false);
        }
    }

    /// <summary>Does work once; a failure is logged.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The silo has ended.
        }
        catch (Exception error)
        {
            Log.TableFailed(silo.Logger, silo.Address, error);
        }
    }

    private async Task<bool> WaitAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
