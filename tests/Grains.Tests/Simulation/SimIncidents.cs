using NSft.Grains.Run;

namespace NSft.Grains.Tests.Simulation;

/// <summary>What happens at random times: deaths, freezes, drains, new silos, wishes of the user, a second coordinator.</summary>
/// <param name="cluster">Where it happens.</param>
internal sealed class SimIncidents(SimCluster cluster)
{
    private SimWorld World => cluster.World;

    internal void Plan()
    {
        for (var i = 0; i < cluster.Schedule.Incidents; i++)
        {
            World.At(World.Uniform(0, cluster.Schedule.CalmAfter), Happen);
        }

        World.At(cluster.Schedule.CalmAfter + 1, CalmDown);
    }

    private void Happen()
    {
        var silo = cluster.Silos[World.Random.Next(cluster.Silos.Count)];
        switch (World.Random.Next(9))
        {
            case 0 or 1:
                silo.Kill();
                break;
            case 2:
                silo.Freeze();
                World.At(World.Uniform(0.1, 20), silo.Thaw);
                break;
            case 3:
                Drain(silo);
                break;
            case 4 or 5:
                cluster.AddSilo();
                break;
            case 6:
                Tell(new RunEvent.Scaled(World.Random.Next(cluster.Schedule.MinWorkers, 6)));
                break;
            case 7:
                Tell(World.Chance(0.5) ? new RunEvent.Paused() : new RunEvent.Resumed());
                break;
            default:
                World.Note($"a second coordinator");
                cluster.Activate();
                break;
        }
    }

    private void Drain(SimSilo silo)
    {
        World.Note($"{silo.Name} drains");
        silo.IsDraining = true;
        if (cluster.Coordinator is { Silo.IsDead: false } coordinator)
        {
            coordinator.Silo.Post(() => coordinator.Drain(silo));
        }

        World.At(30, silo.Kill);
    }

    private void Tell(RunEvent wish)
    {
        if (cluster.Coordinator is { } coordinator)
        {
            coordinator.Silo.Post(() => coordinator.Post(wish));
        }
    }

    /// <summary>From here on nothing goes wrong, and there are enough silos.</summary>
    private void CalmDown()
    {
        World.Note($"calm");
        foreach (var silo in cluster.Silos)
        {
            silo.Thaw();
        }

        for (var i = 0; i <= cluster.Schedule.MinWorkers; i++)
        {
            cluster.AddSilo();
        }

        KeepResuming();
    }

    private void KeepResuming()
    {
        Tell(new RunEvent.Resumed());
        if (!cluster.Store.IsEnded)
        {
            World.At(10, KeepResuming);
        }
    }
}
