using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;
using NSft.Grains.Fleet;

namespace NSft.Grains.Run;

/// <summary>When the host is asked to stop, this silo's workers leave their runs at a step boundary before anything else stops.</summary>
/// <param name="devices">This silo's devices; takes no more workers.</param>
/// <param name="silo">This silo.</param>
/// <param name="grains">Reaches runs.</param>
/// <param name="logger">Told of drains.</param>
internal sealed class DrainService(DeviceTable devices, ILocalSiloDetails silo, IGrainFactory grains, ILogger<DrainService> logger) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        devices.Drain();
        try
        {
            var runs = (await grains.GetGrain<IRunIndexGrain>(RunIndexKey.Only).ListAsync().WaitAsync(cancellationToken))
                .Where(run => !run.Phase.IsTerminal())
                .ToList();
            RunLog.Draining(logger, silo.Name, runs.Count);
            var address = silo.SiloAddress.ToParsableString();
            await Task.WhenAll(runs.Select(run => grains.GetGrain<IRunGrain>(run.RunId).DrainAsync(address))).WaitAsync(cancellationToken);
        }
#pragma warning disable CA1031 // A silo that cannot drain stops all the same: its runs recover as after a loss.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RunLog.KeeperFailed(logger, exception.Message);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
