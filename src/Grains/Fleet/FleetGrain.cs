using NSft.Grains.Contracts;

namespace NSft.Grains.Fleet;

/// <summary>Asks the cluster for its active silos and deals workers to them.</summary>
[GrainType("nsft.fleet")]
internal sealed class FleetGrain : Grain, IFleetGrain
{
    /// <inheritdoc/>
    public async Task<string[]> AssignAsync(int workerCount)
    {
        var hosts = await GrainFactory.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        return WorkerPlacementPlan.Deal([.. hosts.Keys.Select(silo => silo.ToParsableString())], workerCount);
    }
}
