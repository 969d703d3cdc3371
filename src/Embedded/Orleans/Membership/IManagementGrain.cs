namespace Orleans.Runtime;

/// <summary>Questions about the cluster, from silos and clients; its key is 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The state of each silo.</summary>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>The number of activations in the cluster.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>The silo of a grain's activation; null if it has none.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);
}
