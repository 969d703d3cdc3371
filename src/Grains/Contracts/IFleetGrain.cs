using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Contracts;

/// <summary>Knows the devices of the cluster and which are free; its one key is <see cref="FleetKey.Only"/>. Soft state: silos announce themselves again and again.</summary>
[Alias("nsft.fleet")]
public interface IFleetGrain : IGrainWithStringKey
{
    /// <summary>A silo tells its devices.</summary>
    /// <param name="silo">The silo.</param>
    [Alias("announce"), AlwaysInterleave]
    Task AnnounceAsync(SiloDevices silo);

    /// <summary>Sets free devices aside, spread over silos. The worker's silo has the last word when the worker opens.</summary>
    /// <param name="count">Devices wanted; fewer come back when fewer are free.</param>
    [Alias("acquire"), AlwaysInterleave]
    Task<DeviceGrant[]> AcquireAsync(int count);

    /// <summary>Silos that are active, with their devices.</summary>
    [Alias("silos"), AlwaysInterleave]
    Task<SiloDevices[]> GetSilosAsync();
}
