using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>Answers questions about the cluster on any silo.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class ManagementGrain(Silo silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(silo.Cluster.Membership.Current.Members.Values
            .Where(member => !onlyActive || member.Status == SiloStatus.Active)
            .ToDictionary(member => member.SiloAddress, member => member.Status));

    public Task<int> GetTotalActivationCount() => silo.Cluster.Directory.CountAsync().AsTask();

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) => silo.Cluster.Directory.LookupAsync(reference.GetGrainId());
}
