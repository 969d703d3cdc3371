namespace NSft.Embedded.Orleans.Contract;

/// <summary>Tests that hold whether the silos meet in their process or through a membership table, as those of several processes do.</summary>
/// <param name="hasTable">Whether they meet through a table.</param>
public abstract class ContractTests(bool hasTable)
{
    protected bool HasTable { get; } = hasTable;

    private protected Task<TestCluster> StartAsync(int silos = 1, Action<ISiloBuilder>? configure = null, Action<IClientBuilder>? configureClient = null) =>
        TestCluster.StartAsync(silos, configure, configureClient, HasTable);
}
