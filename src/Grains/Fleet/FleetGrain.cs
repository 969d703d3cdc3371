using NSft.Grains.Contracts;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Fleet;

/// <summary>Keeps what silos announce and sets free devices aside. Nothing is persisted: after a loss the silos announce themselves again.</summary>
[GrainType("nsft.fleet"), KeepAlive]
internal sealed class FleetGrain(IClusterMembershipService membership, TimeProvider time) : Grain, IFleetGrain
{
    /// <summary>A device that nobody has taken after this long is free again.</summary>
    private static readonly TimeSpan ReservationAge = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, SiloDevices> _silos = new(StringComparer.Ordinal);
    private readonly Dictionary<DeviceGrant, long> _reserved = [];

    /// <inheritdoc/>
    public Task AnnounceAsync(SiloDevices silo)
    {
        _silos[silo.Silo] = silo;
        foreach (var device in silo.Devices.Where(device => device.WorkerKey is not null))
        {
            _reserved.Remove(new DeviceGrant(silo.Silo, device.Index));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<DeviceGrant[]> AcquireAsync(int count)
    {
        foreach (var (grant, since) in _reserved.ToList())
        {
            if (time.GetElapsedTime(since) > ReservationAge)
            {
                _reserved.Remove(grant);
            }
        }

        var grants = FleetPlan.Choose(Active(), _reserved.Keys.ToHashSet(), count);
        foreach (var grant in grants)
        {
            _reserved[grant] = time.GetTimestamp();
        }

        return Task.FromResult(grants);
    }

    /// <inheritdoc/>
    public Task<SiloDevices[]> GetSilosAsync() => Task.FromResult<SiloDevices[]>([.. Active()]);

    private IEnumerable<SiloDevices> Active()
    {
        var snapshot = membership.CurrentSnapshot;
        foreach (var silo in _silos.Keys.Where(silo => snapshot.GetSiloStatus(SiloAddress.FromParsableString(silo)) is SiloStatus.Dead or SiloStatus.None).ToList())
        {
            _silos.Remove(silo);
        }

        return _silos.Values
            .Where(silo => snapshot.GetSiloStatus(SiloAddress.FromParsableString(silo.Silo)) == SiloStatus.Active)
            .OrderBy(silo => silo.Silo, StringComparer.Ordinal);
    }
}
