using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Run;

/// <summary>
/// Keeps runs going: calls each that has not ended every second and whenever the membership changes, so that a coordinator whose silo
/// is gone comes to life on another one. Every silo does it; a call to a living coordinator changes nothing.
/// </summary>
/// <param name="grains">Reaches runs.</param>
/// <param name="membership">Tells when a silo is gone.</param>
/// <param name="logger">Told of failures.</param>
internal sealed class RunKeeper(IGrainFactory grains, IClusterMembershipService membership, ILogger<RunKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Quantum = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = default(MembershipVersion);
            try
            {
                seen = membership.CurrentSnapshot.Version;
                await CallAllAsync();
            }
#pragma warning disable CA1031 // Looked after again in a second, whatever it was.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RunLog.KeeperFailed(logger, exception.Message);
            }

            await PauseAsync(seen, stoppingToken);
        }
    }

    private async Task CallAllAsync()
    {
        var runs = await grains.GetGrain<IRunIndexGrain>(RunIndexKey.Only).ListAsync();
        await Task.WhenAll(runs.Where(run => !run.Phase.IsTerminal()).Select(run => grains.GetGrain<IRunGrain>(run.RunId).GetStatusAsync(int.MaxValue)));
    }

    private async Task PauseAsync(MembershipVersion seen, CancellationToken stoppingToken)
    {
        for (var waited = TimeSpan.Zero; waited < Period && !stoppingToken.IsCancellationRequested; waited += Quantum)
        {
            await Task.Delay(Quantum, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (seen != default && membership.CurrentSnapshot.Version != seen)
            {
                return;
            }
        }
    }
}
