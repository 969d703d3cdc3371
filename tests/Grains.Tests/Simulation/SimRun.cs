using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Simulation;

/// <summary>One schedule from the start to the end of the run.</summary>
internal sealed class SimRun
{
    private const double Patience = 3 * 3600;
    private const long MostEvents = 3_000_000;

    private readonly SimWorld _world;
    private readonly SimCluster _cluster;

    private SimRun(SimWorld world, SimSchedule schedule)
    {
        _world = world;
        _cluster = new SimCluster(_world, schedule);
        new SimIncidents(_cluster).Plan();
    }

    /// <summary>Runs a schedule.</summary>
    /// <returns>What came of it.</returns>
    internal static SimOutcome Execute(SimSchedule schedule, bool isTracing = false)
    {
        var before = SynchronizationContext.Current;
        var world = new SimWorld(schedule.Seed, isTracing);
        SynchronizationContext.SetSynchronizationContext(new SimContext(world));
        try
        {
            return new SimRun(world, schedule).Execute();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private SimOutcome Execute()
    {
        var limit = _cluster.Schedule.CalmAfter + Patience;
        while (_world.Failure is null && !_cluster.Store.IsEnded && _world.Now < limit && _world.EventCount < MostEvents && _world.Step())
        {
        }

        _world.Require(
            _world.Failure is not null || _cluster.Store.Read().Phase == RunPhase.Completed,
            $"the run is {_cluster.Coordinator?.Machine.Phase} ({_cluster.Coordinator?.Machine.Stage}) after {_world.Now} s and {_world.EventCount} events, {_cluster.Journal.Steps.Count} steps recorded");
        return new SimOutcome(_world.Failure?.Message, _world.Now, _world.EventCount, _cluster.Invariants.RolledBack, _world.Trace);
    }
}
