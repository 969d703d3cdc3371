using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Fleet;

/// <summary>Chooses devices. Pure: the same announcements give the same grants.</summary>
internal static class FleetPlan
{
    /// <summary>Free devices for a number of workers: each goes to the silo with the fewest workers, silos in ordinal order.</summary>
    /// <param name="silos">What silos have announced.</param>
    /// <param name="reserved">Devices that were granted and are not taken yet.</param>
    /// <param name="count">Devices wanted.</param>
    /// <returns>At most so many grants.</returns>
    internal static DeviceGrant[] Choose(IEnumerable<SiloDevices> silos, IReadOnlySet<DeviceGrant> reserved, int count)
    {
        var places = silos
            .Where(silo => !silo.IsDraining)
            .OrderBy(silo => silo.Silo, StringComparer.Ordinal)
            .Select(silo => new Place(silo, reserved))
            .ToList();
        var grants = new List<DeviceGrant>();
        while (grants.Count < count && places.Where(place => place.Free.Count > 0).MinBy(place => place.Load) is { } place)
        {
            grants.Add(place.Take());
        }

        return [.. grants];
    }

    private sealed class Place
    {
        internal Place(SiloDevices silo, IReadOnlySet<DeviceGrant> reserved)
        {
            foreach (var device in silo.Devices)
            {
                var grant = new DeviceGrant(silo.Silo, device.Index);
                if (device.WorkerKey is null && !reserved.Contains(grant))
                {
                    Free.Enqueue(grant);
                }
                else
                {
                    Load++;
                }
            }
        }

        internal Queue<DeviceGrant> Free { get; } = new();

        internal int Load { get; private set; }

        internal DeviceGrant Take()
        {
            Load++;
            return Free.Dequeue();
        }
    }
}
