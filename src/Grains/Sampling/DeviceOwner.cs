using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Sampling;

/// <summary>How the samplers of a job are called where devices name their owners.</summary>
internal static class DeviceOwner
{
    /// <summary>Begin of the names of all samplers of a run.</summary>
    internal static string Prefix(string runId) => $"sample/{runId}/";

    /// <summary>Devices of a silo that a run has or may take.</summary>
    internal static int Usable(SiloDevices silo, string runId) => silo.IsDraining
        ? 0
        : silo.Devices.Count(device => device.WorkerKey is null || device.WorkerKey.StartsWith(Prefix(runId), StringComparison.Ordinal));
}
