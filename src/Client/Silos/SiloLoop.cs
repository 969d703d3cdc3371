using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NSft.Client.Output;
using NSft.Silo.Logging;

namespace NSft.Client.Silos;

/// <summary>
/// Keeps one silo of this process in its cluster until it is told to leave. A silo that was declared dead, because it was frozen or cut
/// off, cannot come back as the same member: its host ends, and a fresh one joins.
/// </summary>
/// <param name="start">Starts a host.</param>
/// <param name="told">Is told of each change of state, with the silo's address while it has one.</param>
/// <param name="journal">Receives the events.</param>
/// <param name="time">Clock of the pauses.</param>
internal sealed class SiloLoop(Func<CancellationToken, Task<IHost>> start, Action<SiloChange> told, SiloJournal journal, TimeProvider time)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);

    /// <summary>Runs until <paramref name="stop"/>; then lets the workers leave.</summary>
    /// <param name="stop">Asks the silo to leave.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        TimeSpan pause = TimeSpan.Zero;
        for (int life = 1; ; life++)
        {
            long begin = time.GetTimestamp();
            IHost? host = await StartAsync(life, stop).ConfigureAwait(false);
            if (host is not null && await LiveAsync(host, stop).ConfigureAwait(false))
            {
                return;
            }

            if (stop.IsCancellationRequested)
            {
                return;
            }

            told(SiloChange.Gone);
            pause = RejoinPause.After(pause, time.GetElapsedTime(begin));
            journal.Say(string.Create(CultureInfo.InvariantCulture, $"joins again as a new member in {pause.TotalSeconds:0.##} s"));
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>The running host; null when it is not to be, or not yet.</returns>
    private async Task<IHost?> StartAsync(int life, CancellationToken stop)
    {
        try
        {
            return await start(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // a later life that cannot start is tried again; the first one's failure is the user's to see
        catch (Exception error) when (life > 1)
#pragma warning restore CA1031
        {
            journal.Say($"could not join: {FailureReport.Describe(error).Line}");
            return null;
        }
    }

    /// <returns>Whether the life ended because it was asked to.</returns>
    private async Task<bool> LiveAsync(IHost host, CancellationToken stop)
    {
        try
        {
            return await ServeAsync(host, stop).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(host).ConfigureAwait(false);
        }
    }

    private async Task<bool> ServeAsync(IHost host, CancellationToken stop)
    {
        SiloChange active = SiloChange.Active(host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString());
        told(active);
        journal.Say($"joined as {active.Silo}");
        CancellationToken ended = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested)
        {
            journal.Say("was declared dead by the others");
            using CancellationTokenSource limit = new(LongestFarewell, time);
            await StopAsync(host, limit.Token).ConfigureAwait(false);
            return false;
        }

        told(active with { IsDraining = true });
        journal.Say("drains: its workers leave at a step boundary (a second signal ends it at once)");
        await StopAsync(host, CancellationToken.None).ConfigureAwait(false);
        journal.Say("left the cluster");
        return true;
    }

    private async Task StopAsync(IHost host, CancellationToken limit)
    {
        try
        {
            await host.StopAsync(limit).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // a host that cannot end in order is given up: the others have to do without it in any case
        catch (Exception error)
#pragma warning restore CA1031
        {
            journal.Say($"did not end in order: {error.Message}");
        }
    }

    private static async Task DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            host.Dispose();
        }
    }
}
