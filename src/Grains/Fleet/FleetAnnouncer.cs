using Microsoft.Extensions.Hosting;
using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Fleet;

/// <summary>Tells the fleet what this silo has: at once when something changes, and every second, as the fleet forgets when its silo dies.</summary>
/// <param name="devices">This silo's devices.</param>
/// <param name="silo">This silo.</param>
/// <param name="grains">Reaches the fleet.</param>
internal sealed class FleetAnnouncer(DeviceTable devices, ILocalSiloDetails silo, IGrainFactory grains) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        devices.Changed -= Wake;
        _changed.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        devices.Changed += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IFleetGrain>(FleetKey.Only).AnnounceAsync(new SiloDevices(
                    silo.SiloAddress.ToParsableString(), silo.Name, devices.IsDraining, devices.Describe()));
                await _changed.WaitAsync(Period, stoppingToken);
            }
            catch (Exception exception) when (Failures.IsLostCall(exception) || exception is InvalidOperationException)
            {
                // The fleet moves, or this silo has not joined yet: told again soon.
                await Task.Delay(Period / 10, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is about to announce anyway, or for the last time.
        }
    }
}
