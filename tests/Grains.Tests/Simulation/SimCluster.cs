using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Simulation;

/// <summary>Silos, the directory of workers, devices, the state store and whoever coordinates.</summary>
internal sealed class SimCluster
{
    private readonly Dictionary<string, SimWorker> _workers = new(StringComparer.Ordinal);
    private readonly List<SimCoordinator> _coordinators = [];
    private readonly Dictionary<DeviceGrant, double> _reserved = [];
    private readonly SimNetwork _network;
    private int _siloCount;
    private bool _isActivating;

    internal SimCluster(SimWorld world, SimSchedule schedule)
    {
        (World, Schedule) = (world, schedule);
        Faults = new SimFaults(world, schedule);
        _network = new SimNetwork(world, Faults);
        Reference = new SimReference(schedule.Steps, schedule.Shards);
        Invariants = new SimInvariants(this);
        for (var i = 0; i < schedule.Silos; i++)
        {
            AddSilo();
        }

        KeepRun();
    }

    internal SimWorld World { get; }

    internal SimSchedule Schedule { get; }

    internal SimFaults Faults { get; }

    internal SimReference Reference { get; }

    internal SimInvariants Invariants { get; }

    internal SimStore Store { get; } = new();

    internal SimJournal Journal { get; } = new();

    internal SimCheckpoints Checkpoints { get; } = new();

    internal List<SimSilo> Silos { get; } = [];

    /// <summary>The coordinator that the directory knows; an older one may live on for a while.</summary>
    internal SimCoordinator? Coordinator { get; private set; }

    internal IEnumerable<SimWorker> LiveWorkers => Silos.Where(silo => !silo.IsDead && !silo.IsDeclaredDead).SelectMany(silo => silo.Workers);

    internal IEnumerable<SimSilo> Members => Silos.Where(silo => !silo.IsDeclaredDead && !silo.IsDraining);

    internal void AddSilo()
    {
        var silo = new SimSilo(this, $"silo{_siloCount++}", Schedule.SlotsPerSilo);
        World.Note($"{silo.Name} starts");
        Silos.Add(silo);
        MembershipChanged();
    }

    internal void MembershipChanged()
    {
        foreach (var coordinator in _coordinators)
        {
            coordinator.Silo.After(World.Uniform(0.01, 0.1), coordinator.WatchSilos);
        }
    }

    internal bool IsDeclaredDead(string silo) => Silos.Any(one => one.Name == silo && one.IsDeclaredDead);

    internal bool IsDraining(string silo) => Silos.Any(one => one.Name == silo && one.IsDraining);

    internal Task<T> CallAsync<T>(SimNode from, string worker, string what, Func<SimWorker, Task<T>> call)
    {
        var to = _workers.GetValueOrDefault(worker);
        var isThere = to is { IsClosed: false, Silo.IsDeclaredDead: false };
        return _network.CallAsync(from, isThere ? to!.Silo : null, what, () => call(to!));
    }

    internal Task<OpenReport> OpenAsync(SimNode from, string worker, DeviceGrant grant)
    {
        var silo = Silos.Find(one => one.Name == grant.Silo && !one.IsDeclaredDead);
        return _network.CallAsync(from, silo, "open", () =>
        {
            _reserved.Remove(grant);
            if (!_workers.TryGetValue(worker, out var made))
            {
                if (silo!.TryMake(worker, grant.Device) is not { } fresh)
                {
                    return Task.FromResult(OpenReport.Failed(new Failure(FailureKind.Lost, $"device {grant.Device} of {grant.Silo} is taken")));
                }

                _workers[worker] = made = fresh;
            }

            return made.OpenAsync();
        });
    }

    internal void Close(SimNode from, string worker) => World.Begin(async () =>
    {
        try
        {
            await CallAsync(from, worker, "close", to =>
            {
                to.Close();
                return Task.FromResult(true);
            });
        }
        catch (SimCallException)
        {
            // It finds out by itself that the run does not know it.
        }
    });

    /// <summary>Free devices; they are set aside for a while.</summary>
    internal DeviceGrant[] Acquire(int count)
    {
        foreach (var late in _reserved.Where(one => one.Value < World.Now).Select(one => one.Key).ToList())
        {
            _reserved.Remove(late);
        }

        DeviceGrant[] grants =
        [
            .. Members.Where(silo => !silo.IsDead)
                .SelectMany(silo => silo.FreeSlots.Select(slot => new DeviceGrant(silo.Name, slot)))
                .Where(grant => !_reserved.ContainsKey(grant))
                .OrderBy(grant => grant.Device)
                .Take(count),
        ];
        foreach (var grant in grants)
        {
            _reserved[grant] = World.Now + 10;
        }

        return grants;
    }

    /// <summary>Makes a coordinator while another one may still live: both believe in themselves.</summary>
    internal void Activate()
    {
        if (Members.Where(silo => !silo.IsDead && !silo.IsFrozen).ToList() is { Count: > 0 } places)
        {
            Coordinator = new SimCoordinator(this, places[World.Random.Next(places.Count)]);
            _coordinators.Add(Coordinator);
        }
    }

    internal void Abdicated(SimCoordinator coordinator)
    {
        _coordinators.Remove(coordinator);
        if (Coordinator == coordinator)
        {
            Coordinator = null;
        }
    }

    /// <summary>Every silo looks after the run once a second.</summary>
    private void KeepRun() => World.At(0.5, () =>
    {
        if (Coordinator is null || Coordinator.Silo.IsDeclaredDead)
        {
            if (!_isActivating && !Store.IsEnded)
            {
                _isActivating = true;
                World.At(World.Uniform(0.01, 1), () =>
                {
                    _isActivating = false;
                    Activate();
                });
            }
        }

        if (!Store.IsEnded)
        {
            KeepRun();
        }
    });
}
