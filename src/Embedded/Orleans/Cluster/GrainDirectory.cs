namespace Orleans.Runtime;

/// <summary>
/// Where each grain's activation is. A caller that finds none reserves a silo for the grain; the activation there then
/// registers. Of two activations of a grain the first to register stays. Answers are awaited because the directory may be
/// in another process.
/// </summary>
internal sealed class GrainDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, GrainAddress> _entries = [];
    private readonly Dictionary<SiloAddress, int> _counts = [];

    /// <summary>The silo that has, or is to have, the grain; null for none.</summary>
    public ValueTask<SiloAddress?> LookupAsync(GrainId id)
    {
        lock (_gate)
        {
            return new(_entries.GetValueOrDefault(id)?.SiloAddress);
        }
    }

    /// <summary>Reserves a silo for a grain, unless it has one; returns the grain's silo.</summary>
    public ValueTask<SiloAddress> ReserveAsync(GrainId id, SiloAddress silo)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out GrainAddress? entry))
            {
                _entries[id] = entry = new GrainAddress { GrainId = id, SiloAddress = silo };
                Count(silo, 1);
            }

            return new(entry.SiloAddress!);
        }
    }

    /// <summary>Registers an activation; false if the grain has another one, or its place is elsewhere.</summary>
    public ValueTask<bool> RegisterAsync(GrainAddress address)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(address.GrainId, out GrainAddress? entry)
                && (!entry.SiloAddress!.Equals(address.SiloAddress) || (!entry.ActivationId.IsDefault && entry.ActivationId != address.ActivationId)))
            {
                return new(false);
            }

            if (entry is null)
            {
                Count(address.SiloAddress!, 1);
            }

            _entries[address.GrainId] = address;
            return new(true);
        }
    }

    /// <summary>Removes an activation, or a reservation at its silo.</summary>
    public ValueTask UnregisterAsync(GrainAddress address)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(address.GrainId, out GrainAddress? entry) && entry.SiloAddress!.Equals(address.SiloAddress)
                && (entry.ActivationId.IsDefault || entry.ActivationId == address.ActivationId))
            {
                _entries.Remove(address.GrainId);
                Count(address.SiloAddress, -1);
            }
        }

        return default;
    }

    /// <summary>Removes all that a silo had.</summary>
    public void RemoveSilo(SiloAddress silo)
    {
        lock (_gate)
        {
            foreach (GrainId id in _entries.Values.Where(entry => silo.Equals(entry.SiloAddress)).Select(entry => entry.GrainId).ToList())
            {
                _entries.Remove(id);
            }

            _counts.Remove(silo);
        }
    }

    /// <summary>The number of grains at each of some silos.</summary>
    public int[] CountsOf(SiloAddress[] silos)
    {
        lock (_gate)
        {
            return [.. silos.Select(silo => _counts.GetValueOrDefault(silo))];
        }
    }

    private void Count(SiloAddress silo, int change) => _counts[silo] = _counts.GetValueOrDefault(silo) + change;
}
