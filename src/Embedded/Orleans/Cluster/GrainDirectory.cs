namespace Orleans.Runtime;

/// <summary>
/// The entries of a grain directory. A caller that finds none reserves a silo for the grain; the activation there then
/// registers. Of two activations of a grain the first to register stays.
/// </summary>
internal sealed class GrainDirectory(MembershipViews membership)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrainId, GrainAddress> _entries = [];
    private readonly Dictionary<SiloAddress, int> _counts = [];
    private uint _dice;

    /// <summary>The number of entries.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The silo that has, or is to have, a grain; null for none.</summary>
    public SiloAddress? Find(GrainId id)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(id)?.SiloAddress;
        }
    }

    /// <summary>The grain's silo, chosen now if it has none that lives; null if no silo is active.</summary>
    public SiloAddress? Place(PlacementRequest request)
    {
        ClusterMembershipSnapshot view = membership.Current;
        SiloAddress[] silos = membership.Active;
        lock (_gate)
        {
            SiloAddress? known = _entries.GetValueOrDefault(request.Grain)?.SiloAddress;
            if (known is not null && view.GetSiloStatus(known) != SiloStatus.Dead)
            {
                return known;
            }

            if (known is not null)
            {
                // A dying silo may have registered after the directory had forgotten it.
                RemoveSilo(known);
            }

            if (silos.Length == 0)
            {
                return null;
            }

            SiloAddress choice = Choose(request, silos);
            _entries[request.Grain] = new GrainAddress { GrainId = request.Grain, SiloAddress = choice };
            Change(choice, 1);
            return choice;
        }
    }

    /// <summary>
    /// Registers an activation; false if the grain's place is elsewhere. A silo has one activation of a grain at a time, so
    /// another one that is listed there has ended.
    /// </summary>
    public bool Register(GrainAddress address)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(address.GrainId, out GrainAddress? entry) && !entry.SiloAddress!.Equals(address.SiloAddress))
            {
                return false;
            }

            if (entry is null)
            {
                Change(address.SiloAddress!, 1);
            }

            _entries[address.GrainId] = address;
            return true;
        }
    }

    /// <summary>Removes an activation, or a reservation at its silo.</summary>
    public void Unregister(GrainAddress address)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(address.GrainId, out GrainAddress? entry) && entry.SiloAddress!.Equals(address.SiloAddress)
                && (entry.ActivationId.IsDefault || entry.ActivationId == address.ActivationId))
            {
                _entries.Remove(address.GrainId);
                Change(address.SiloAddress, -1);
            }
        }
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

    private SiloAddress Choose(PlacementRequest request, SiloAddress[] silos)
    {
        if (request.Hint is { } wanted && Array.IndexOf(silos, wanted) >= 0)
        {
            return wanted;
        }

        PlacementStrategy strategy = GrainManifest.Current.Find(request.Grain.Type)?.Placement ?? new ActivationCountBasedPlacement();
        int[] counts = [.. silos.Select(silo => _counts.GetValueOrDefault(silo))];
        return strategy.Pick(new PlacementQuestion(request.Grain, request.Asker, silos, counts, Throw()));
    }

    private void Change(SiloAddress silo, int by) => _counts[silo] = _counts.GetValueOrDefault(silo) + by;

    /// <summary>A well-mixed counter: spreads, and needs no random source.</summary>
    private uint Throw()
    {
        uint x = _dice += 0x9E3779B9;
        x = (x ^ (x >> 16)) * 0x85EBCA6B;
        x = (x ^ (x >> 13)) * 0xC2B2AE35;
        return x ^ (x >> 16);
    }
}
