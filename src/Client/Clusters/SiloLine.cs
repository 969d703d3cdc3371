using NSft.Client.Processes;
using NSft.Grains.Contracts.Messages;

namespace NSft.Client.Clusters;

/// <summary>A silo as the fleet and its process tell of it. Pure.</summary>
/// <param name="Name">Name.</param>
/// <param name="Pid">Process number; null for a silo that no process of the state directory tells of.</param>
/// <param name="State">What it does, in a word.</param>
/// <param name="Silo">Its address; null while it has none.</param>
/// <param name="Devices">Its devices as the fleet knows them.</param>
internal sealed record SiloLine(string Name, int? Pid, string State, string? Silo, IReadOnlyList<DeviceSlot> Devices)
{
    /// <summary>Puts processes and fleet together by the silos' addresses.</summary>
    public static IReadOnlyList<SiloLine> Join(IReadOnlyList<SiloRecord> records, IReadOnlyList<SiloDevices> fleet)
    {
        Dictionary<string, SiloDevices> byAddress = fleet.ToDictionary(silo => silo.Silo, StringComparer.Ordinal);
        List<SiloLine> lines = [];
        foreach (SiloRecord record in records)
        {
            SiloDevices? known = record.Silo is not null && byAddress.Remove(record.Silo, out SiloDevices? devices) ? devices : null;
            lines.Add(new SiloLine(record.Name, record.Process.Pid, SiloTable.StateWord(record), record.Silo, known?.Devices ?? []));
        }

        lines.AddRange(byAddress.Values.Select(silo => new SiloLine(silo.Name, null, silo.IsDraining ? "draining" : "active", silo.Silo, silo.Devices)));
        return lines;
    }
}
